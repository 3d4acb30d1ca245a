"""The migrations, one file for each; a file that was released never changes."""
