"""Records: the one writer, history, the recycle bin, import and export."""
