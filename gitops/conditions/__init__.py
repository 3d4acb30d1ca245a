"""The condition types: one file is one type."""
