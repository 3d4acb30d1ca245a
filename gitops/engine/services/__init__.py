"""What tasks may ask of the world, made real over the store and internal storage: one file each."""
