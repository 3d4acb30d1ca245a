"""Task types of the group `kv`."""
