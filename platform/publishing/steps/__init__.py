"""The steps of a plan: what each costs, and what it does to tables, indexes and values."""
