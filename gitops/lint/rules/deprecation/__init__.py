"""Rules about what the language has left behind."""
