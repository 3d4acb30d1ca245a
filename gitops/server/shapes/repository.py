"""Repositories, commits and commit statuses as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gitops.server.shapes.finding import FindingShape
from gitops.server.shapes.shape import Instant, Shape
from gitops.settings import RepositorySettings
from gitops.store.commits import CommitRecord
from gitops.store.repositories import Repository
from gitops.store.statuses import StatusRecord


class RepositoryShape(Shape):
    """A watched repository and how far it is. `interval` is in seconds, `webhook` the path for the host's webhook."""

    name: str
    url: str
    branch: str
    provider: str
    interval: float
    head: str | None = None
    deployed: str | None = None
    synced_at: Instant | None = None
    error: str | None = None
    webhook: str


class ChangeShape(Shape):
    """One change of a plan."""

    action: str
    namespace: str
    id: str
    path: str | None = None
    revision: int | None = None


class StatusShape(Shape):
    """A commit status and how its posting goes."""

    context: str
    state: str
    description: str
    target_url: str | None = None
    attempts: int
    posted_at: Instant | None = None
    error: str | None = None


class CountsShape(Shape):
    """Findings by severity."""

    error: int = 0
    warning: int = 0
    info: int = 0


class CommitShape(Shape):
    """A commit and what became of it."""

    repository: str
    sha: str
    branch: str
    summary: str
    author: str
    authored_at: Instant
    seen_at: Instant
    ended_at: Instant | None = None
    verdict: str
    description: str
    changes: list[ChangeShape]
    finding_counts: CountsShape
    findings: list[FindingShape] | None = None
    statuses: list[StatusShape] | None = None


def repository_shape(settings: RepositorySettings, row: Repository | None) -> RepositoryShape:
    """A watched repository; `row` is None until its first sync."""
    return RepositoryShape(
        name=settings.name,
        url=settings.url,
        branch=settings.branch,
        provider=settings.provider,
        interval=settings.interval,
        head=row.head if row else None,
        deployed=row.deployed if row else None,
        synced_at=row.synced_at if row else None,
        error=row.error if row else None,
        webhook=f"/webhooks/{settings.name}",
    )


def commit_shape(
    commit: CommitRecord,
    *,
    findings: Sequence[Mapping[str, Any]] | None = None,
    statuses: Sequence[StatusRecord] | None = None,
) -> CommitShape:
    """A commit; with its findings and statuses when they are given."""
    return CommitShape(
        repository=commit.repository,
        sha=commit.sha,
        branch=commit.branch,
        summary=commit.summary,
        author=commit.author,
        authored_at=commit.authored_at,
        seen_at=commit.seen_at,
        ended_at=commit.ended_at,
        verdict=commit.verdict,
        description=commit.description,
        changes=[ChangeShape.model_validate(change) for change in commit.changes],
        finding_counts=CountsShape.model_validate(commit.counts),
        findings=None if findings is None else [FindingShape.model_validate(finding) for finding in findings],
        statuses=None if statuses is None else [_status_shape(status) for status in statuses if not status.superseded],
    )


def _status_shape(status: StatusRecord) -> StatusShape:
    return StatusShape(
        context=status.context,
        state=status.state,
        description=status.description,
        target_url=status.target_url,
        attempts=status.attempts,
        posted_at=status.posted_at,
        error=status.error,
    )
