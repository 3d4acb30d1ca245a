"""The outbox of commit statuses: written with the verdict in one transaction, posted when the host answers.

For a commit and a context only the newest status is ever posted; an older one that still waits is superseded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from gitops.store.database import Connection
from gitops.store.tables import WAITING, statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRecord:
    """A commit status on its way to the host. `attempts` counts the failed posts, `error` is the last reason."""

    id: int
    repository: str
    sha: str
    context: str
    state: str
    description: str
    target_url: str | None
    created_at: datetime
    posted_at: datetime | None
    not_before: datetime
    attempts: int
    error: str | None
    superseded: bool
    given_up: bool


class Statuses:
    """Reads and writes the outbox."""

    def enqueue(
        self,
        connection: Connection,
        repository: str,
        sha: str,
        *,
        context: str,
        state: str,
        description: str,
        target_url: str | None,
        at: datetime,
    ) -> None:
        """Put a status into the outbox; what still waits for the same commit and context is superseded."""
        same = and_(statuses.c.repository == repository, statuses.c.sha == sha, statuses.c.context == context)
        connection.execute(update(statuses).where(same, WAITING).values(superseded=True))
        row = {
            "repository": repository,
            "sha": sha,
            "context": context,
            "state": state,
            "description": description,
            "target_url": target_url,
            "created_at": at,
            "not_before": at,
            "attempts": 0,
            "superseded": False,
            "given_up": False,
        }
        connection.execute(insert(statuses), row)

    def due(self, connection: Connection, now: datetime, *, limit: int = 100) -> list[StatusRecord]:
        """The statuses that may be posted now, the first written first."""
        query = select(statuses).where(WAITING, statuses.c.not_before <= now).order_by(statuses.c.id).limit(limit)
        return [StatusRecord(**row) for row in connection.execute(query).mappings()]

    def next_date(self, connection: Connection) -> datetime | None:
        """When the next waiting status may be posted; None when none waits."""
        return connection.execute(select(func.min(statuses.c.not_before)).where(WAITING)).scalar()

    def mark_posted(self, connection: Connection, id_: int, at: datetime) -> None:
        """Note that the host has taken the status."""
        self._change(connection, id_, posted_at=at, error=None)

    def mark_failed(self, connection: Connection, id_: int, error: str, *, not_before: datetime) -> None:
        """Note a failed post and when to try again."""
        self._change(connection, id_, attempts=statuses.c.attempts + 1, error=error, not_before=not_before)

    def give_up(self, connection: Connection, id_: int, error: str) -> None:
        """Note that the status will never be posted, and why."""
        self._change(connection, id_, attempts=statuses.c.attempts + 1, error=error, given_up=True)

    def for_commit(self, connection: Connection, repository: str, sha: str) -> list[StatusRecord]:
        """Every status of a commit, the first written first, superseded ones included."""
        of_commit = and_(statuses.c.repository == repository, statuses.c.sha == sha)
        rows = connection.execute(select(statuses).where(of_commit).order_by(statuses.c.id)).mappings()
        return [StatusRecord(**row) for row in rows]

    def _change(
        self, connection: Connection, id_: int, **values: datetime | str | bool | ColumnElement[int] | None
    ) -> None:
        connection.execute(update(statuses).where(statuses.c.id == id_).values(**values))
