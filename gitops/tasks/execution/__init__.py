"""Task types of the group `execution`."""
