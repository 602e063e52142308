"""A write in memory: records loaded, what changes in them, what follows from it."""
