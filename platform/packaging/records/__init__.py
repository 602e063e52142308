"""Reference records of blueprints: chosen, keyed, compared with what is here, upgraded value by value."""
