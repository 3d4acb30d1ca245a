"""The store as the other floors see it: one database, its writer, and the records by kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from gitops.store.commits import Commits
from gitops.store.database import Database
from gitops.store.executions import Executions
from gitops.store.flows import Flows
from gitops.store.journal import Journal
from gitops.store.kept_outputs import KeptOutputs
from gitops.store.key_values import KeyValues
from gitops.store.logs import Logs
from gitops.store.metrics import Metrics
from gitops.store.migrations.upgrade import upgrade
from gitops.store.repositories import Repositories
from gitops.store.statuses import Statuses
from gitops.store.task_runs import TaskRuns
from gitops.store.timers import Timers
from gitops.store.trigger_windows import TriggerWindows
from gitops.store.triggers import Triggers


@dataclass(frozen=True, slots=True)
class Store:
    """Read with `store.database.read()`, write with `store.journal`; the rest says what and takes the connection."""

    database: Database
    journal: Journal
    flows: Flows = field(default_factory=Flows)
    executions: Executions = field(default_factory=Executions)
    task_runs: TaskRuns = field(default_factory=TaskRuns)
    metrics: Metrics = field(default_factory=Metrics)
    timers: Timers = field(default_factory=Timers)
    logs: Logs = field(default_factory=Logs)
    key_values: KeyValues = field(default_factory=KeyValues)
    kept_outputs: KeptOutputs = field(default_factory=KeptOutputs)
    triggers: Triggers = field(default_factory=Triggers)
    trigger_windows: TriggerWindows = field(default_factory=TriggerWindows)
    repositories: Repositories = field(default_factory=Repositories)
    commits: Commits = field(default_factory=Commits)
    statuses: Statuses = field(default_factory=Statuses)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a database, migrating it first; any number of processes may do so at once. Raises StoreFailed."""
        database = Database(url)
        try:
            upgrade(database)
        except BaseException:
            database.close()
            raise
        return cls(database, Journal(database))

    def close(self) -> None:
        """Finish what the journal accepted, then close the database."""
        self.journal.close()
        self.database.close()
