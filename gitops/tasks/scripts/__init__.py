"""Task types of the group `scripts`."""
