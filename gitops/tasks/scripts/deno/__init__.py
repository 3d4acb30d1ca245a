"""Task types of the group `deno`."""
