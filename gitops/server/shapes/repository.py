"""Repositories, commits and commit statuses as the API answers them."""

from __future__ import annotations

from gitops.server.shapes.finding import FindingShape
from gitops.server.shapes.shape import Instant, Shape


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
