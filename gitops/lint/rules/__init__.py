"""The rules: one file each, in the folder of its family. `table` names them all without importing any."""
