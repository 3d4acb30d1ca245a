"""Task types of the group `namespace`."""
