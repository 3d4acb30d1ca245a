"""Trigger types of the group `node`."""
