"""Trigger types of the group `shell`."""
