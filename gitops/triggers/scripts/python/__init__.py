"""Trigger types of the group `python`."""
