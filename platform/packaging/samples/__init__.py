"""Sample records of blueprints: read from tables, written through the writer, taken out again."""
