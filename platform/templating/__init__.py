"""Templates filled in: from a record to a page to print or a mail, with the reader's rights, in a language."""
