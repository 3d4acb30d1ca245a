"""Trigger types of the group `ruby`."""
