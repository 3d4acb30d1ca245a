"""What may be written where the cursor stands."""
