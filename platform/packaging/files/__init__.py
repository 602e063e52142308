"""Blueprints as files: folders and archives, their shape and their checksums, the versions that were shipped."""
