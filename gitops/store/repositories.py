"""Watched repositories: what is known of them, their branches, and the webhook deliveries already seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from gitops.store.database import Connection, add_new, upsert
from gitops.store.tables import deliveries, refs, repositories

_REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A watched repository.

    `head` is the newest commit seen on `branch`, `deployed` the one whose flows are live; `error` says why the last
    reconcile could not be told to its end.
    """

    name: str
    url: str
    branch: str
    head: str | None = None
    deployed: str | None = None
    synced_at: datetime | None = None
    error: str | None = None


class Repositories:
    """Reads and writes what is known of repositories."""

    def save(self, connection: Connection, repository: Repository) -> None:
        """Write a repository down, over what was known of it."""
        upsert(connection, repositories, [asdict(repository)])

    def get(self, connection: Connection, name: str) -> Repository | None:
        """One repository."""
        row = connection.execute(select(repositories).where(repositories.c.name == name)).mappings().first()
        return None if row is None else Repository(**row)

    def list(self, connection: Connection) -> tuple[Repository, ...]:
        """All repositories by name."""
        rows = connection.execute(select(repositories).order_by(repositories.c.name)).mappings()
        return tuple(Repository(**row) for row in rows)

    def set_refs(self, connection: Connection, repository: str, branches: Mapping[str, str]) -> None:
        """Make these the branches of a repository, each with its commit."""
        connection.execute(delete(refs).where(refs.c.repository == repository))
        rows = [{"repository": repository, "branch": branch, "sha": sha} for branch, sha in branches.items()]
        if rows:
            connection.execute(insert(refs), rows)

    def refs(self, connection: Connection, repository: str) -> dict[str, str]:
        """The branches of a repository, each with its commit."""
        query = select(refs).where(refs.c.repository == repository).order_by(refs.c.branch)
        return {row["branch"]: row["sha"] for row in connection.execute(query).mappings()}

    def first_seen(self, connection: Connection, repository: str, delivery_id: str, at: datetime) -> bool:
        """Note a webhook delivery; False when it was here before. Deliveries are remembered for 30 days."""
        connection.execute(delete(deliveries).where(deliveries.c.received_at < at - _REMEMBERED))
        row = {"repository": repository, "delivery_id": delivery_id, "received_at": at}
        return add_new(connection, deliveries, row)
