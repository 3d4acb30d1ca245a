"""What is written down about a commit when its story begins and when it ends, each time in one transaction.

A commit is `pending` between the two. Whatever is pending at the next visit was left by a process that died.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from gitops.errors import GitFailed
from gitops.git.snapshot import Snapshot
from gitops.lint.finding import Finding, Severity
from gitops.lint.reporters.json_ import finding_object
from gitops.providers.provider import CommitStatus, StatusState
from gitops.store.commits import CommitRecord
from gitops.store.database import Connection
from gitops.store.repositories import Repository
from gitops.store.store import Store
from gitops.sync.heads import Heads
from gitops.sync.outbox import Clock, Outbox
from gitops.sync.plan import Change
from gitops.sync.report import PENDING, describe_absence, describe_supersession
from gitops.sync.watched import Watched

_STATES = {
    "pending": StatusState.PENDING,
    "deployed": StatusState.SUCCESS,
    "linted": StatusState.SUCCESS,
    "refused": StatusState.FAILURE,
    "superseded": StatusState.ERROR,
    "failed": StatusState.ERROR,
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a commit's story ends: one of the final verdicts, its sentence, and what was found and changed."""

    verdict: str
    description: str
    findings: Sequence[Finding] = ()
    changes: Sequence[Change] = ()


class CommitBook:
    """Begins and ends the stories of commits in the store. `public_url` is where people reach the pages."""

    def __init__(self, store: Store, outbox: Outbox, *, public_url: str, now: Clock) -> None:
        self._store = store
        self._outbox = outbox
        self._public_url = public_url
        self._now = now

    def begin(self, repository: Watched, branches: Mapping[str, str], *, again: bool) -> list[CommitRecord]:
        """Note where the branches are, and begin the story of every head that has none yet.

        Returns the commits whose stories are to be told, the one to be deployed first. `again` begins a failed one
        anew. Raises GitFailed and StoreFailed.
        """
        with self._store.database.read() as connection:
            heads = Heads(self._store, connection, repository, branches).untold(again=again)
        records = [self._record(repository, branch, sha) for sha, branch in heads.items()]

        def work(connection: Connection) -> None:
            self._note(connection, repository, branches)
            for stale in self._store.commits.pending(connection, repository.name):
                if stale.sha not in heads:
                    self._supersede(connection, repository, stale, branches)
            for record in records:
                self._open(connection, repository, record)

        self._store.journal.write(work, durable=True)
        return records

    def end(self, repository: Watched, commit: CommitRecord, tell: Callable[[Connection], Ending]) -> CommitRecord:
        """End a story, with all that `tell` writes, in one transaction; nothing happens to one that has ended."""

        def work(connection: Connection) -> CommitRecord:
            current = self._store.commits.get(connection, repository.name, commit.sha)
            if current is not None and current.verdict != "pending":
                return current
            return self._close(connection, repository, commit, tell(connection))

        return self._store.journal.write(work, durable=True)

    def head(self, repository: Watched, branches: Mapping[str, str]) -> CommitRecord:
        """The newest commit of the branch that is deployed; raises GitFailed when there is no such branch."""
        with self._store.database.read() as connection:
            row = self._store.repositories.get(connection, repository.name)
            head = row and row.head and self._store.commits.get(connection, repository.name, row.head)
        if not head:
            raise GitFailed(describe_absence(repository.branch, branches, row.deployed if row else None))
        return head

    def note_error(self, repository: Watched, error: str) -> None:
        """Keep why the repository could not be visited, until a visit succeeds."""

        def work(connection: Connection) -> None:
            row = self._store.repositories.get(connection, repository.name)
            row = row or Repository(name=repository.name, url=repository.url, branch=repository.branch)
            self._store.repositories.save(connection, replace(row, error=error))

        self._store.journal.write(work)

    def _record(self, repository: Watched, branch: str, sha: str) -> CommitRecord:
        info = Snapshot(repository.mirror.path, sha).info()
        return CommitRecord(
            repository=repository.name,
            sha=sha,
            branch=branch,
            summary=info.summary,
            author=info.author,
            authored_at=info.authored_at,
            seen_at=self._now(),
            description=PENDING,
        )

    def _note(self, connection: Connection, repository: Watched, branches: Mapping[str, str]) -> None:
        before = self._store.repositories.get(connection, repository.name)
        row = Repository(
            name=repository.name,
            url=repository.url,
            branch=repository.branch,
            head=branches.get(repository.branch),
            deployed=before.deployed if before else None,
            synced_at=self._now(),
        )
        self._store.repositories.save(connection, row)
        self._store.repositories.set_refs(connection, repository.name, branches)

    def _open(self, connection: Connection, repository: Watched, record: CommitRecord) -> None:
        before = self._store.commits.get(connection, repository.name, record.sha)
        if before is not None and before.verdict == "pending":
            # Its status was put into the outbox when its story began the first time.
            self._store.commits.save(connection, replace(record, seen_at=before.seen_at))
            return
        self._store.commits.save(connection, record)
        self._announce(connection, repository, record)

    def _supersede(
        self, connection: Connection, repository: Watched, stale: CommitRecord, branches: Mapping[str, str]
    ) -> None:
        head = branches.get(stale.branch)
        newer = branches.get(repository.branch) if head == stale.sha else head
        sentence = describe_supersession(stale.branch, newer)
        self._close(connection, repository, stale, Ending("superseded", sentence))

    def _close(self, connection: Connection, repository: Watched, commit: CommitRecord, ending: Ending) -> CommitRecord:
        ended = replace(
            commit,
            ended_at=self._now(),
            verdict=ending.verdict,
            description=ending.description,
            changes=[_change_object(change) for change in ending.changes],
            counts=_counts(ending.findings),
        )
        found = [finding_object(finding) for finding in ending.findings]
        self._store.commits.save(connection, ended)
        self._store.commits.set_findings(connection, repository.name, commit.sha, found)
        self._announce(connection, repository, ended)
        return ended

    def _announce(self, connection: Connection, repository: Watched, commit: CommitRecord) -> None:
        url = f"{self._public_url}/ui/main/git/{repository.name}/{commit.sha}"
        status = CommitStatus(repository.status_context, _STATES[commit.verdict], commit.description, url)
        self._outbox.put(connection, repository.name, commit.sha, status)


def _change_object(change: Change) -> dict[str, object]:
    """A change with the members that the API has."""
    return {
        "action": change.action.value,
        "namespace": change.namespace,
        "id": change.flow_id,
        "path": change.path,
        "revision": change.revision,
    }


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {severity.value: sum(finding.severity is severity for finding in findings) for severity in Severity}
