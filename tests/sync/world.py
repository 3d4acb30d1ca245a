"""A small world for the stories: a real remote repository, a real mirror, a real store, and a clock that is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.errors import NotFound
from gitops.git.mirror import Mirror
from gitops.language.task import Kinds
from gitops.providers.none import NoHost
from gitops.providers.provider import Provider
from gitops.store.commits import CommitRecord
from gitops.store.database import Connection
from gitops.store.flows import Revision
from gitops.store.repositories import Repository
from gitops.store.statuses import StatusRecord
from gitops.store.store import Store
from gitops.store.triggers import TriggerState
from gitops.sync.outbox import Checkpoint, Outbox, pass_by
from gitops.sync.reconcile import Reconciler
from gitops.sync.watched import Watched
from tests.stubs.repository import BareRepository

URL = "https://gitops.example.org"


class Crash(BaseException):
    """The process dies here."""


@cache
def schema() -> dict[str, object]:
    return flow_schema(catalogue())


def flow(flow_id: str, *, namespace: str = "company.team", message: str = "hello", more: str = "") -> str:
    """The source of a flow that logs a message."""
    return f"""\
id: {flow_id}
namespace: {namespace}
{more}tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: {message}
"""


@cache
def _empty_database() -> bytes:
    """A database with all tables; making one takes longer than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "gitops.db"
        Store.open(f"sqlite:///{path}").close()
        return path.read_bytes()


class Clock:
    """The time, which stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class World:
    """One remote repository, watched under the name `flows`, and the store of one service."""

    def __init__(self, folder: Path, provider: Provider | None = None) -> None:
        self.folder = folder
        self.remote = BareRepository(folder / "remote.git")
        folder.joinpath("gitops.db").write_bytes(_empty_database())
        self.store = Store.open(f"sqlite:///{folder / 'gitops.db'}")
        self.clock = Clock()
        self.deployments = 0
        self.repository = self.watched("flows", provider=provider)
        self.outbox = self.new_outbox()
        self.reconciler = self.new_reconciler()

    def watched(self, name: str, *, remote: BareRepository | None = None, **changes: Any) -> Watched:
        url = (remote or self.remote).url
        values: dict[str, Any] = {"name": name, "url": url, "mirror": Mirror(self.folder / "mirrors" / name, url)}
        return Watched(**{**values, **changes, "provider": changes.get("provider") or NoHost(url)})

    def new_outbox(self, checkpoint: Checkpoint = pass_by) -> Outbox:
        """The outbox as a process that starts now would have it."""
        return Outbox(self.store, [self.repository], now=self.clock, checkpoint=checkpoint)

    def new_reconciler(self, checkpoint: Checkpoint = pass_by, kinds: Kinds | None = None) -> Reconciler:
        """A reconciler as a process that starts now would have it."""
        return Reconciler(
            self.store,
            self.outbox,
            schema=schema(),
            kinds=kinds or catalogue(),
            url=URL,
            now=self.clock,
            deployed=self._count,
            checkpoint=checkpoint,
        )

    def reconcile(self, repository: Watched | None = None, *, again: bool = False) -> CommitRecord:
        return self.reconciler.reconcile(repository or self.repository, again=again)

    def push(self, files: dict[str, str | None], *, branch: str = "main") -> str:
        """Push a commit that changes these files; returns its id."""
        self.clock.forward(1)
        return self.remote.commit(files, branch=branch)

    def deploy(self, files: dict[str, str | None]) -> CommitRecord:
        """Push and reconcile."""
        self.push(files)
        return self.reconcile()

    def read(self, question: Callable[[Connection], Any]) -> Any:
        with self.store.database.read() as connection:
            return question(connection)

    def row(self, name: str = "flows") -> Repository:
        row = self.read(lambda it: self.store.repositories.get(it, name))
        assert isinstance(row, Repository)
        return row

    def live(self, name: str = "flows") -> dict[str, Revision]:
        """The live flows of a repository by id."""
        revisions: list[Revision] = self.read(lambda it: self.store.flows.deployed(it, name))
        return {revision.flow_id: revision for revision in revisions}

    def record(self, sha: str) -> CommitRecord:
        record = self.read(lambda it: self.store.commits.get(it, "flows", sha))
        if not isinstance(record, CommitRecord):
            raise NotFound(f"there is no record of {sha}")
        return record

    def findings(self, sha: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.read(lambda it: self.store.commits.findings(it, "flows", sha))
        return found

    def statuses(self, sha: str) -> list[StatusRecord]:
        """Every status of the commit, the first one first."""
        found: list[StatusRecord] = self.read(lambda it: self.store.statuses.for_commit(it, "flows", sha))
        return found

    def told(self, sha: str) -> list[tuple[str, str]]:
        """State and description of every status of the commit."""
        return [(status.state, status.description) for status in self.statuses(sha)]

    def triggers(self) -> list[TriggerState]:
        return list(self.read(self.store.triggers.list))

    def _count(self) -> None:
        self.deployments += 1
