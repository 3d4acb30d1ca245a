"""Task types of the group `bun`."""
