"""Task types of the group `nashorn`."""
