"""The story of each commit of a watched repository: verdict, changes and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, select

from gitops.store.database import Connection, upsert
from gitops.store.page import Page, read_page
from gitops.store.tables import commits, findings


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitRecord:
    """One commit as it was reconciled.

    `verdict` is one of `pending`, `deployed`, `refused`, `linted`, `superseded`, `failed`; `ended_at` is None while
    it is pending. `summary` is the first line of the message. `changes` are `{"action", "namespace", "id", "path",
    "revision"}`; `counts` are findings by severity.
    """

    repository: str
    sha: str
    branch: str
    summary: str
    author: str
    authored_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    verdict: str = "pending"
    description: str = ""
    changes: Sequence[Mapping[str, Any]] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


class Commits:
    """Reads and writes commit records and their findings."""

    def save(self, connection: Connection, commit: CommitRecord) -> None:
        """Write a commit down, over what was known of it; its findings stay."""
        upsert(connection, commits, [asdict(commit)])

    def get(self, connection: Connection, repository: str, sha: str) -> CommitRecord | None:
        """One commit."""
        row = connection.execute(select(commits).where(_is(repository, sha))).mappings().first()
        return None if row is None else _record(row)

    def search(
        self, connection: Connection, repository: str, *, branch: str | None = None, page: int = 1, size: int = 25
    ) -> Page[CommitRecord]:
        """The commits of a repository, or of one branch, the last seen first."""
        query = select(commits).where(commits.c.repository == repository)
        if branch is not None:
            query = query.where(commits.c.branch == branch)
        ordered = query.order_by(commits.c.seen_at.desc(), commits.c.sha)
        return read_page(connection, ordered, _record, page=page, size=size)

    def pending(self, connection: Connection, repository: str) -> list[CommitRecord]:
        """The commits whose story has not ended, the first seen first."""
        query = select(commits).where(commits.c.repository == repository, commits.c.verdict == "pending")
        rows = connection.execute(query.order_by(commits.c.seen_at, commits.c.sha)).mappings()
        return [_record(row) for row in rows]

    def set_findings(
        self, connection: Connection, repository: str, sha: str, found: Sequence[Mapping[str, Any]]
    ) -> None:
        """Make these the findings of a commit, in this order."""
        key = {"repository": repository, "sha": sha}
        connection.execute(delete(findings).where(findings.c.repository == repository, findings.c.sha == sha))
        rows = [{**key, "position": position, "finding": finding} for position, finding in enumerate(found)]
        if rows:
            connection.execute(insert(findings), rows)

    def findings(self, connection: Connection, repository: str, sha: str) -> list[Mapping[str, Any]]:
        """The findings of a commit in their order."""
        query = select(findings.c.finding).where(findings.c.repository == repository, findings.c.sha == sha)
        return list(connection.execute(query.order_by(findings.c.position)).scalars())


def _is(repository: str, sha: str) -> ColumnElement[bool]:
    return and_(commits.c.repository == repository, commits.c.sha == sha)


def _record(row: RowMapping) -> CommitRecord:
    return CommitRecord(**{**row, "changes": tuple(row["changes"])})
