"""Changes on their way: told, merged, talked about, planned, approved, and what was published last."""
