"""What a designer's palette offers, by entity and by what a type allows."""
