"""What is not published, tried out: an expression on a record, a whole design with the values that it would store."""
