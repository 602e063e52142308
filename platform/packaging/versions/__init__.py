"""Another version of what is here: upgrades, and designs brought over from another workspace."""
