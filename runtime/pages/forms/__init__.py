"""Forms of records: inputs filled, previews while typing, what was typed, conflicts."""
