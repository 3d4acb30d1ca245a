"""Trigger types of the group `go`."""
