"""Task types of the group `shell`."""
