"""A watched repository as the stories need it: its settings, its mirror and its Git host. Wiring, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gitops.git.mirror import Mirror
from gitops.git.remote import Credentials
from gitops.providers.provider import Provider
from gitops.providers.table import make_provider


class _Secret(Protocol):
    def get_secret_value(self) -> str: ...


class _RepositorySettings(Protocol):
    """What the settings say about one repository. They stand on a higher floor, and explain each of these there."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def branch(self) -> str: ...
    @property
    def root(self) -> str: ...
    @property
    def interval(self) -> float: ...
    @property
    def lint_branches(self) -> bool: ...
    @property
    def provider(self) -> str: ...
    @property
    def api_url(self) -> str | None: ...
    @property
    def token(self) -> _Secret | None: ...
    @property
    def ssh_key(self) -> Path | None: ...
    @property
    def known_hosts(self) -> Path | None: ...
    @property
    def webhook_secrets(self) -> Sequence[_Secret]: ...
    @property
    def status_context(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A watched repository. `interval` is in seconds; `root` is the folder of the namespace folders, "" for the top."""

    name: str
    url: str
    mirror: Mirror
    provider: Provider
    branch: str = "main"
    root: str = ""
    interval: float = 60.0
    lint_branches: bool = True
    webhook_secrets: tuple[str, ...] = ()
    status_context: str = "gitops"


def watch(settings: _RepositorySettings, mirrors: Path) -> Watched:
    """The repository that the settings describe, with its mirror below `mirrors`; raises GitFailed, InvalidSettings."""
    token = settings.token.get_secret_value() if settings.token else None
    credentials = Credentials(token=token, ssh_key=settings.ssh_key, known_hosts=settings.known_hosts)
    return Watched(
        name=settings.name,
        url=settings.url,
        mirror=Mirror(mirrors / f"{settings.name}.git", settings.url, credentials=credentials),
        provider=make_provider(settings.provider, url=settings.url, api_url=settings.api_url, token=token),
        branch=settings.branch,
        root=settings.root,
        interval=settings.interval,
        lint_branches=settings.lint_branches,
        webhook_secrets=tuple(secret.get_secret_value() for secret in settings.webhook_secrets),
        status_context=settings.status_context,
    )
