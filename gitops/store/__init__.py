"""What the service remembers: one set of SQL for SQLite and PostgreSQL, and no business decisions."""
