"""Task types of the group `lua`."""
