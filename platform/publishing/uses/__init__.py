"""Where definitions are used, and how they are taken out or replaced without leaving anything broken."""
