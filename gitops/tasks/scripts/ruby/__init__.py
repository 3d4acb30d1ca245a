"""Task types of the group `ruby`."""
