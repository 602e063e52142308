"""What happened to a record, told: its history, stays, comments, under the names of today."""
