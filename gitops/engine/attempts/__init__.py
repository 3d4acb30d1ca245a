"""One attempt of one task: what it sees of the world, and how it becomes the event that reports its end."""
