"""Task runners: where a script task runs."""
