"""The SQL back end: a checked tree becomes a SQLAlchemy element for SQLite or PostgreSQL."""
