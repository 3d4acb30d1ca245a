"""Rules about what others may do with a flow: injection, secrets, images, networks."""
