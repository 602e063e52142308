"""Changes in the reader's words: what was and what will be, for whom."""
