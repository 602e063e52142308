"""Roll-ups: which of them a write makes stale, and how they are counted."""
