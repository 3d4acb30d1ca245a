"""The bodies of the built-in filters, functions and tests, grouped by what they work on; `builtins` is their table."""
