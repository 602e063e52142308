"""Lists of definitions: by entity, named and linked, a part at a time."""
