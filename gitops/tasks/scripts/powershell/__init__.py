"""Task types of the group `powershell`."""
