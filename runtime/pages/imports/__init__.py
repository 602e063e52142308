"""Importing, and long work: steps, trial runs, progress."""
