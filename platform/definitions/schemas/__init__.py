"""The JSON Schemas of the kinds, one file each."""
