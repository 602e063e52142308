"""The state after, judged: rules, moves through stages, keys; and what only the database notices."""
