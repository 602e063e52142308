"""What was sent, taken in: parsed, permitted, pointing to what exists, merged with what others did meanwhile."""
