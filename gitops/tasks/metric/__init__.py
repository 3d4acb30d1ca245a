"""Task types of the group `metric`."""
