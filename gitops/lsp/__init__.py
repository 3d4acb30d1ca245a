"""The language server: what the linter and the schema know, in an editor, while a flow is being written."""
