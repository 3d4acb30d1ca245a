"""Task types of the group `debug`."""
