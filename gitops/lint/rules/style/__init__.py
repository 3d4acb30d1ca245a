"""Rules about how flows read."""
