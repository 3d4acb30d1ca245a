"""What tasks may ask of the world beyond their own attempt: pure protocols, one file each."""
