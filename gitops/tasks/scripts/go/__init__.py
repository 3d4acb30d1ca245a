"""Task types of the group `go`."""
