"""The linter: everything that can be said about flows from their text, the schema and the repository they stand in."""
