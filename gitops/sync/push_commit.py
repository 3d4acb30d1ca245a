"""Which commit a call is about: a push payload that names a watched repository and a commit that was seen there."""

from __future__ import annotations

from collections.abc import Iterable

from gitops.errors import ProviderRefused
from gitops.execution.state import CommitReference
from gitops.providers.webhook import read_push
from gitops.store.store import Store
from gitops.sync.watched import Watched


def commit_of(body: bytes, repositories: Iterable[Watched], store: Store) -> CommitReference | None:
    """The commit that the body tells of; None for any other body, repository or commit.

    Nothing proves who sent the body, so only what the service knows already is believed.
    """
    try:
        push = read_push("application/json", body, delivery=None)
    except ProviderRefused:
        return None
    urls = {_plain(url) for url in push.repository_urls}
    for repository in repositories:
        if push.after and _plain(repository.url) in urls and _seen(store, repository.name, push.after):
            return CommitReference(repository=repository.name, sha=push.after)
    return None


def _seen(store: Store, repository: str, sha: str) -> bool:
    with store.database.read() as connection:
        return store.commits.get(connection, repository, sha) is not None


def _plain(url: str) -> str:
    """A url as one text for its https and its web form."""
    return url.rstrip("/").removesuffix(".git")
