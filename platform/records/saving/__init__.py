"""What a write leaves in tables: rows, numbers, stays, search entries, history, events."""
