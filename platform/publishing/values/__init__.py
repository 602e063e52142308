"""Values of records that a publish writes: converted, worked out again, or under other keys."""
