"""Dashboards and reports: cards, filters, and the way from a number to its records."""
