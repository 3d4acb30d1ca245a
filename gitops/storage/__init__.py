"""Internal storage: the files that tasks hand to one another."""
