"""The guide through the first steps in a new workspace."""
