"""Export: records as a file, streamed page by page, for people or for another workspace."""
