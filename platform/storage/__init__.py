"""Tables, transactions and the two database engines: everything that knows how rows are kept."""
