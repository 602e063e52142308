"""The pages of the builder: one module each, found by being here."""
