"""The schema read by the linter: what a document must look like, and the words for what does not."""
