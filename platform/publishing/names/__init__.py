"""Which part of a design was which before, and what everything is called after a rename."""
