"""Task types of the group `state`."""
