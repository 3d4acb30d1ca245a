"""One event at a time: load, advance, write down; after the commit, set going what must be done.

Every event of every execution passes here, on the journal's thread, so that nothing needs a lock. Executions that are
not done are kept in memory; a rolled-back transaction forgets them, and they are loaded again.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from gitops.engine.context import Surroundings
from gitops.engine.news import News
from gitops.engine.queues.queue import Assignment, Queue
from gitops.engine.revisions import Revisions
from gitops.engine.turn import Turn
from gitops.errors import NotFound
from gitops.execution.effects import SetTimer
from gitops.execution.events import Created, Event
from gitops.execution.state import Execution
from gitops.execution.tree import FlowTree
from gitops.language.task import Kinds
from gitops.store.change import Change
from gitops.store.database import Connection
from gitops.store.logs import LogEntry
from gitops.store.store import Store

Also = Callable[[Connection, Execution], None]
"""More to write in the same transaction."""


def nothing_more(_connection: Connection, _execution: Execution) -> None:
    """Write nothing more."""


@dataclass(frozen=True, slots=True)
class ExecutionWatcher:
    """Who writes along when an execution begins and when it ends, in the same transaction."""

    began: Also = nothing_more
    ended: Also = nothing_more


UNWATCHED = ExecutionWatcher()


@dataclass(frozen=True, slots=True)
class Handled:
    """The execution after an event, its flow, and whether the event changed anything."""

    execution: Execution
    flow: FlowTree
    changed: bool


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does what must be done after a commit."""

    queue: Queue
    cancel: Callable[[Assignment], None]
    set_timer: Callable[[str, SetTimer], None]
    news: News


class Dispatcher:
    """Takes events and keeps the executions that they move."""

    def __init__(
        self,
        store: Store,
        revisions: Revisions,
        surroundings: Surroundings,
        *,
        kinds: Kinds,
        doers: Doers,
        watcher: ExecutionWatcher = UNWATCHED,
    ) -> None:
        self._store = store
        self._revisions = revisions
        self._surroundings = surroundings
        self._kinds = kinds
        self._doers = doers
        self._watcher = watcher
        self._live: dict[str, Execution] = {}
        self._changes: list[Change] = []
        self._logs: list[LogEntry] = []
        store.journal.on_rollback(self._forget)

    def create(self, execution: Execution, also: Also = nothing_more) -> Future[Handled]:
        """Accept a new execution and begin it; its acceptance is on the disk when the future is done."""

        def work(connection: Connection) -> Handled:
            also(connection, execution)
            self._watcher.began(connection, execution)
            return self._handle(connection, None, execution, Created())

        return self._store.journal.submit(work, durable=True)

    def send(self, execution_id: str, event: Event, *, durable: bool = False) -> Future[Handled]:
        """Take an event; the future fails with NotFound when there is no such execution."""

        def work(connection: Connection) -> Handled:
            execution = self._load(connection, execution_id)
            return self._handle(connection, execution, execution, event)

        return self._store.journal.submit(work, durable=durable)

    def _load(self, connection: Connection, execution_id: str) -> Execution:
        execution = self._live.get(execution_id) or self._store.executions.load(connection, execution_id)
        if execution is None:
            raise NotFound(f"there is no execution {execution_id}")
        return execution

    def _handle(self, connection: Connection, before: Execution | None, execution: Execution, event: Event) -> Handled:
        flow = self._revisions.load(connection, execution.namespace, execution.flow_id, execution.revision)
        turn = Turn(execution, flow, self._surroundings, self._kinds)
        turn.take(event)
        if turn.changed:
            self._note(connection, before, turn)
        return Handled(turn.execution, flow, turn.changed)

    def _note(self, connection: Connection, before: Execution | None, turn: Turn) -> None:
        """Gather what the turn brought about; it is written once for all turns of the transaction."""
        after = turn.execution
        self._live[after.id] = after
        self._changes.append(
            Change(before=before, after=after, moved=turn.moved, events=turn.events, timers=turn.timers)
        )
        self._logs.extend(turn.logs)
        if any(state.ended for state in turn.states):
            self._watcher.ended(connection, after)
        self._store.journal.before_commit(self._write)
        self._store.journal.after_commit(lambda: self._do(turn))

    def _write(self, connection: Connection) -> None:
        self._store.executions.save(connection, self._changes)
        self._store.logs.append(connection, self._logs)
        self._changes, self._logs = [], []

    def _forget(self) -> None:
        self._live.clear()
        self._changes, self._logs = [], []

    def _do(self, turn: Turn) -> None:
        """Set going what a committed turn asks for."""
        if turn.execution.done:
            self._live.pop(turn.execution.id, None)
        for assignment in turn.starts:
            self._doers.queue.put(assignment)
        for assignment in turn.cancels:
            self._doers.cancel(assignment)
        for timer in turn.timers:
            self._doers.set_timer(turn.execution.id, timer)
        self._doers.news.publish([turn.execution.id])
