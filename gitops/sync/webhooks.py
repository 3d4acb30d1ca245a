"""Webhooks of Git hosts: a genuine push wakes its repository. What was pushed is read from Git, never believed."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.errors import NotFound
from gitops.git.mirror import BRANCHES
from gitops.providers.provider import Push
from gitops.store.store import Store
from gitops.sync.outbox import Clock
from gitops.sync.watched import Watched
from gitops.sync.watcher import Watcher


class Webhooks:
    """Receives the deliveries of the hosts of all watched repositories."""

    def __init__(self, store: Store, repositories: Mapping[str, Watched], watcher: Watcher, *, now: Clock) -> None:
        self._store = store
        self._repositories = repositories
        self._watcher = watcher
        self._now = now

    def receive(self, name: str, headers: Mapping[str, str], body: bytes) -> bool:
        """Wake the repository; False for anything but a new push of a branch.

        Raises NotFound, BadSignature, and ProviderRefused when a genuine body cannot be read.
        """
        repository = self._repositories.get(name)
        if repository is None:
            raise NotFound(f"there is no repository `{name}` in the settings")
        push = repository.provider.read_webhook(headers, body, repository.webhook_secrets)
        if push is None or not push.ref.startswith(BRANCHES) or self._repeated(name, push):
            return False
        self._watcher.wake(name)
        return True

    def _repeated(self, name: str, push: Push) -> bool:
        delivery = push.delivery
        if delivery is None:
            return False
        repositories, now = self._store.repositories, self._now()
        return not self._store.journal.write(lambda it: repositories.first_seen(it, name, delivery, now))
