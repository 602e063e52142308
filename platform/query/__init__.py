"""Query: the one way from a question to rows, with the asker's access folded into every clause."""
