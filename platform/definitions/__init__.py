"""Definitions: the JSON documents that an admin designs; their kinds, check, and compilation into a model."""
