"""Task types of the group `jython`."""
