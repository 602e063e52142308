"""Blueprints: versioned folders of definitions; read, checked, installed, exported, taken out again."""
