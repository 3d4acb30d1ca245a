"""The task types: one file is one type, a folder is a plug-in group."""
