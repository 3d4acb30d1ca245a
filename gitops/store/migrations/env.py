"""Alembic's environment: runs in the transaction that `upgrade` has begun, so that a migration happens or does not."""

from __future__ import annotations

from alembic import context

from gitops.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
