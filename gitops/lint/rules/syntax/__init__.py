"""Rules about the text itself: what YAML cannot read, and what it reads as something else."""
