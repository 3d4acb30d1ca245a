"""Rules about what creates executions."""
