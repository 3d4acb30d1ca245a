"""Task types of the group `templating`."""
