"""Task types of the group `julia`."""
