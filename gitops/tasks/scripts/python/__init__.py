"""Task types of the group `python`."""
