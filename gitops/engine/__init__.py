"""The story of an execution: a trigger becomes a finished execution."""
