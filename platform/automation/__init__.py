"""What happens by itself: long jobs, the delivery of events, housekeeping."""
