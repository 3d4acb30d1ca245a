"""Task types of the group `trigger`."""
