"""Lists of records: filters, rows, groups, totals, and what is done with the rows."""
