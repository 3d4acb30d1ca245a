"""Which heads of a repository's branches have a story that is still to be told."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.git.snapshot import is_ancestor
from gitops.store.commits import CommitRecord
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.sync.watched import Watched


class Heads:
    """The branches of one repository as they are now, beside what the store knows of them."""

    def __init__(self, store: Store, connection: Connection, repository: Watched, branches: Mapping[str, str]) -> None:
        self._store = store
        self._connection = connection
        self._repository = repository
        self._branches = branches
        self._before = store.repositories.refs(connection, repository.name)
        row = store.repositories.get(connection, repository.name)
        self._deployed = row.deployed if row else None
        self._tracked = branches.get(repository.branch)

    def untold(self, *, again: bool) -> dict[str, str]:
        """The commits to tell of, each with its branch, the one to be deployed first; `again` counts failed ones."""
        untold: dict[str, str] = {}
        if self._tracked is not None and not self._is_settled(self._tracked, again=again):
            untold[self._tracked] = self._repository.branch
        for branch, sha in sorted(self._branches.items() if self._repository.lint_branches else ()):
            if sha not in untold and branch != self._repository.branch and self._is_new(branch, sha):
                untold[sha] = branch
        return untold

    def _is_settled(self, head: str, *, again: bool) -> bool:
        """Whether this commit was told of since the branch moved to it, and what it deployed is still live."""
        record = self._record(head)
        if record is None or self._moved(self._repository.branch, head):
            return False
        if record.verdict == "deployed":
            return self._deployed == head
        return record.verdict == "refused" or (record.verdict == "failed" and not again)

    def _is_new(self, branch: str, sha: str) -> bool:
        """Whether a branch that is only linted has a commit that nobody judged; what is merged has been judged."""
        record = self._record(sha)
        if record is not None:
            return record.verdict == "pending"
        return self._moved(branch, sha) and not self._is_merged(sha)

    def _is_merged(self, sha: str) -> bool:
        path = self._repository.mirror.path
        return self._tracked is not None and is_ancestor(path, ancestor=sha, descendant=self._tracked)

    def _moved(self, branch: str, sha: str) -> bool:
        return self._before.get(branch) != sha

    def _record(self, sha: str) -> CommitRecord | None:
        return self._store.commits.get(self._connection, self._repository.name, sha)
