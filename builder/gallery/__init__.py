"""Blueprints drawn from their own definitions and samples."""
