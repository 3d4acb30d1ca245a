"""Task types of the group `dotnet`."""
