"""Task types of the group `r`."""
