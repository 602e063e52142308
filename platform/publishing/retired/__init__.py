"""What was taken out of the design: kept, brought back, or deleted for good."""
