"""Rules about the shape of a flow: its properties, their kinds and values, its ids and what depends on what."""
