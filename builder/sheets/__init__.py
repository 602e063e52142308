"""An application from spreadsheets: the proposal as a page shows it, and what is sent from there."""
