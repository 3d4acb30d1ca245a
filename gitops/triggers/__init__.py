"""The trigger types: one file is one type."""
