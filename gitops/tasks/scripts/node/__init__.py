"""Task types of the group `node`."""
