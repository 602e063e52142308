"""Blueprints that come and go: what they need, what becomes of names that are taken, their records."""
