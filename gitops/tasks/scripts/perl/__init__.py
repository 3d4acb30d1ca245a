"""Task types of the group `perl`."""
