"""How a flow moves: states, events, effects and the pure machine between them."""
