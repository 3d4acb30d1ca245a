"""Triggers that run a script and look at what it printed: one file is one type."""
