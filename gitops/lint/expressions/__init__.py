"""The expressions of a flow: where they stand, what they refer to, and what is known at their place."""
