"""What the other files of a repository may want to know of a flow. Each module gathers one kind of fact."""
