"""Import: a file of records is read, understood, tried, written in resumable chunks, and can be undone."""
