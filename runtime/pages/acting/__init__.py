"""What may be done with a record by one press, wherever it is offered: in its row, or in the head of its page."""
