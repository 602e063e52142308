"""The page of one record: what stands on it, what happened to it, what can be done with it."""
