"""Comments that let findings be: read from a text, applied to what was found, and judged by rules of their own."""
