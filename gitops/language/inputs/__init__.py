"""Input types: how a value is declared, and how a given one is read. One file is one type."""
