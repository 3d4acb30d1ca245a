"""Task types of the group `flow`."""
