"""The catalogue: the table of task, trigger and runner types, written out; and what is generated from it."""
