"""Rules about the repository: what changed since the base revision, and how files and flows belong together."""
