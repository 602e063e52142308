"""Scenarios: what a design is to do, as examples that can be run."""
