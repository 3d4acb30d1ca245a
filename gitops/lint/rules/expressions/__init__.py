"""Rules about what stands between braces."""
