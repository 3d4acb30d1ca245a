"""How the database became what it is: Alembic's environment and one file for each step."""
