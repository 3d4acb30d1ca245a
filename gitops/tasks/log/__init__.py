"""Task types of the group `log`."""
