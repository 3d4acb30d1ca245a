"""Task types of the group `groovy`."""
