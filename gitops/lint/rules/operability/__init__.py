"""Rules about flows that run for years: time limits, failures, growth."""
