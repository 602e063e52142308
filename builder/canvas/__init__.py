"""What stands on a designer's canvas: live records and numbers, as the change set would show them."""
