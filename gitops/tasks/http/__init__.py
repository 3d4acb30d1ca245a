"""Task types of the group `http`."""
