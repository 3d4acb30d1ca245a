"""What a flow is: the text, its tolerant and its strict reading, and the types in it."""
