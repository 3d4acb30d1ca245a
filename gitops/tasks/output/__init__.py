"""Task types of the group `output`."""
