"""An application from spreadsheets: what their columns hold is looked at, proposed with reasons, adjusted by a person,
made as definitions, and filled by the importer."""
