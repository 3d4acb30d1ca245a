"""Task types of the group `jbang`."""
