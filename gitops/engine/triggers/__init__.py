"""What creates executions by itself: when triggers fire, what they order, where they stand."""
