"""The functions of expressions that need the world."""
