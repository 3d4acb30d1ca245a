"""Who carries attempts to workers."""
