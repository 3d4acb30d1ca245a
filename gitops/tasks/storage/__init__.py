"""Task types of the group `storage`."""
