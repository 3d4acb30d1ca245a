"""One event at a time: load, advance, write down; after the commit, set going what must be done.

Every event of every execution passes here, on the journal's thread, so that nothing needs a lock. Executions that are
not done are kept in memory; a rolled-back transaction forgets them, and they are loaded again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from gitops.engine.admission import Admission
from gitops.engine.attempts.context import Surroundings
from gitops.engine.ended import Ended
from gitops.engine.news import News
from gitops.engine.queues.queue import Assignment, Queue
from gitops.engine.revisions import Revisions
from gitops.engine.turn import LONGEST, Turn
from gitops.errors import NotFound
from gitops.execution.effects import SetTimer
from gitops.execution.events import AttemptStarted, Created, Event
from gitops.execution.state import Execution, State, TaskRun
from gitops.execution.tree import FlowTree
from gitops.language.task import Kinds
from gitops.store.change import Change
from gitops.store.database import Connection
from gitops.store.logs import LogEntry
from gitops.store.metrics import Metric
from gitops.store.store import Store

Also = Callable[[Connection, Execution], None]
"""More to write in the same transaction."""

Follow = Callable[[Connection, Execution, Sequence[State]], Iterable[Execution]]
"""New executions that follow from the states that an execution came into, accepted in the same transaction."""


def nothing_more(_connection: Connection, _execution: Execution) -> None:
    """Write nothing more."""


def nothing_follows(_connection: Connection, _execution: Execution, _states: Sequence[State]) -> Iterable[Execution]:
    """No execution follows."""
    return ()


@dataclass(frozen=True, slots=True)
class ExecutionWatcher:
    """Who writes along when an execution begins and when it ends, in the same transaction."""

    began: Also = nothing_more
    ended: Also = nothing_more


UNWATCHED = ExecutionWatcher()


@dataclass(frozen=True, slots=True)
class Handled:
    """The execution after an event, its flow, and whether the event changed anything.

    `answer` is the execution as whoever asked for the event wants to see it; more may have followed since.
    """

    execution: Execution
    flow: FlowTree
    changed: bool
    answer: Execution


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does what must be done after a commit."""

    queue: Queue
    cancel: Callable[[Assignment], None]
    set_timer: Callable[[str, SetTimer], None]
    news: News


Work = Callable[[Connection], None]
OnTurn = Callable[[Connection, Turn], None]


def no_consequences(_connection: Connection, _turn: Turn) -> None:
    """Nothing follows for other executions."""


class Dispatcher:
    """Takes events and keeps the executions that they move.

    What an event means for other executions is done in the same transaction, by `affect`, `report` (of an end) and
    `follow`, which are set once their owners exist.
    """

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
        self.follow: Follow = nothing_follows
        self.affect: OnTurn = no_consequences
        self.report: OnTurn = no_consequences
        self._store = store
        self._revisions = revisions
        self._surroundings = surroundings
        self._kinds = kinds
        self._doers = doers
        self._watcher = watcher
        self._admission = Admission(store)
        self._live: dict[str, Execution] = {}
        self._changes: list[Change] = []
        self._logs: list[LogEntry] = []
        self._metrics: list[Metric] = []
        self._waiting: deque[Work] = deque()
        self._later: dict[str, deque[AttemptStarted]] = {}
        self._ended = Ended()
        self._claims: dict[Assignment, Handled] = {}
        self._promised = 0
        store.journal.on_rollback(self._forget)

    def create(self, execution: Execution, also: Also = nothing_more) -> Future[Handled]:
        """Accept a new execution and begin it; its acceptance is on the disk when the future is done."""

        def work(connection: Connection) -> Handled:
            also(connection, execution)
            return self._work_off(connection, lambda: self._accept(connection, execution, Created()))

        return self._store.journal.submit(work, durable=True)

    def refuse(self, execution: Execution, event: Event, also: Also = nothing_more) -> Future[Handled]:
        """Accept a new execution that does not begin: `event` says what becomes of it."""

        def work(connection: Connection) -> Handled:
            also(connection, execution)
            return self._work_off(connection, lambda: self._accept(connection, execution, event))

        return self._store.journal.submit(work, durable=True)

    def send(self, execution_id: str, event: Event, *, durable: bool = False, patient: bool = False) -> Future[Handled]:
        """Take an event; the future fails with NotFound when there is no such execution.

        A patient event is one that nobody tells again: it waits for a store that refuses for a while.
        """

        def work(connection: Connection) -> Handled:
            return self._work_off(connection, lambda: self._take(connection, execution_id, event))

        return self._store.journal.submit(work, durable=durable, patient=patient)

    def claim(self, assignment: Assignment) -> Handled:
        """Claim an attempt, unless that was done when it was put; `changed` says whether the claim holds."""
        claimed = self._claims.pop(assignment, None)
        if claimed is not None:
            return claimed
        begun = AttemptStarted(assignment.task_run_id, assignment.attempt)
        return self.send(assignment.execution_id, begun, patient=True).result()

    def is_wanted(self, assignment: Assignment) -> bool:
        """Whether nobody has stopped an attempt that was claimed; from any thread."""
        execution = self._live.get(assignment.execution_id)
        run = None if execution is None else execution.task_runs.get(assignment.task_run_id)
        return execution is None or (run is not None and _is_running(run, assignment.attempt))

    def see(self, execution_id: str, *, patient: bool = False) -> Future[Handled]:
        """An execution as it is now, behind everything that was sent before; fails with NotFound."""

        def work(connection: Connection) -> Handled:
            execution = self.look(connection, execution_id)
            if execution is None:
                raise NotFound(f"there is no execution {execution_id}")
            flow = self._revisions.load(connection, execution.namespace, execution.flow_id, execution.revision)
            return Handled(execution, flow, False, execution)

        return self._store.journal.submit(work, patient=patient)

    # From inside a transaction

    def accept_later(self, execution: Execution, event: Event | None = None) -> None:
        """Accept a new execution in this transaction, behind what is being worked on."""
        self._waiting.append(lambda connection: _ignore(self._accept(connection, execution, event or Created())))

    def take_later(self, execution_id: str, event: Event) -> None:
        """Take an event in this transaction, behind what is being worked on; none for an execution that is gone."""
        self._waiting.append(lambda connection: self._take_if_there(connection, execution_id, event))

    def work_later(self, work: Work) -> None:
        """Do more in this transaction, behind what is being worked on."""
        self._waiting.append(work)

    def look(self, connection: Connection, execution_id: str) -> Execution | None:
        """An execution as this transaction sees it."""
        return self._live.get(execution_id) or self._store.executions.load(connection, execution_id)

    def ended(self, execution_id: str) -> Execution | None:
        """An execution that is done, when that was not long ago; from any thread."""
        return self._ended.get(execution_id)

    def write_so_far(self, connection: Connection) -> None:
        """Write what was gathered, so that queries of this transaction see it."""
        self._write(connection)

    def forget(self, execution_id: str) -> None:
        """Keep an execution in memory no longer: it was deleted."""
        self._live.pop(execution_id, None)
        self._surroundings.size_limit.forget(execution_id)
        self._ended.drop(execution_id)

    def _work_off(self, connection: Connection, first: Callable[[], Handled]) -> Handled:
        handled = first()
        while self._waiting:
            self._waiting.popleft()(connection)
        return handled

    def _accept(self, connection: Connection, execution: Execution, event: Event) -> Handled:
        self._watcher.began(connection, execution)
        return self._handle(connection, None, execution, event)

    def _take(self, connection: Connection, execution_id: str, event: Event) -> Handled:
        execution = self.look(connection, execution_id)
        if execution is None:
            raise NotFound(f"there is no execution {execution_id}")
        return self._handle(connection, execution, execution, event)

    def _take_if_there(self, connection: Connection, execution_id: str, event: Event) -> None:
        if self.look(connection, execution_id) is not None:
            self._take(connection, execution_id, event)

    def _handle(self, connection: Connection, before: Execution | None, execution: Execution, event: Event) -> Handled:
        flow = self._revisions.load(connection, execution.namespace, execution.flow_id, execution.revision)
        if flow.flow.concurrency is not None and self._admission.asks(execution, event):
            self._write(connection)
            event = self._admission.admitted(connection, flow.flow, event)
        return self._turn(connection, before, execution, flow, event)

    def _turn(
        self, connection: Connection, before: Execution | None, execution: Execution, flow: FlowTree, *events: Event
    ) -> Handled:
        turn = Turn(execution, flow, self._surroundings, self._kinds)
        turn.take(*events)
        self._claim(turn)
        if turn.changed or before is None:
            self._note(connection, before, turn)
        return Handled(turn.execution, flow, turn.changed, turn.answer or turn.execution)

    def _claim(self, turn: Turn) -> None:
        """Claim the attempts that free workers of this process can begin at once."""
        while turn.starts and self._doers.queue.reserve():
            if turn.claim_next():
                self._promised += 1
            else:
                self._doers.queue.give_back()

    def _note(self, connection: Connection, before: Execution | None, turn: Turn) -> None:
        """Gather what the turn brought about; it is written once for all turns of the transaction."""
        after = turn.execution
        self._live[after.id] = after
        self._changes.append(
            Change(
                before=before,
                after=after,
                # A new one that goes on from another has task runs that this turn has not moved.
                moved=turn.moved if before is not None else after.task_runs,
                removed=turn.removed,
                events=turn.events,
                timers=turn.timers,
            )
        )
        self._logs.extend(turn.logs)
        self._metrics.extend(turn.metrics)
        if any(state.ended for state in turn.states):
            self._watcher.ended(connection, after)
            if not _is_corrected(before, after):
                self._end(connection, turn)
        if turn.others:
            self.affect(connection, turn)
        if turn.states:
            for following in self.follow(connection, after, turn.states):
                self.accept_later(following)
        self._store.journal.before_commit(self._write)
        self._store.journal.after_commit(lambda: self._do(turn))

    def _end(self, connection: Connection, turn: Turn) -> None:
        self.report(connection, turn)
        if turn.flow.flow.concurrency is not None:
            self._waiting.append(lambda connection: self._let_next_in(connection, turn))

    def _let_next_in(self, connection: Connection, turn: Turn) -> None:
        """A place of the flow is free: the execution that has waited longest gets it."""
        self._write(connection)
        found = self._admission.next(connection, turn.flow.flow)
        if found is not None:
            # At once: whatever is worked on behind this must find the place taken.
            self._take_if_there(connection, *found)

    def _write(self, connection: Connection) -> None:
        changes, logs, metrics = self._changes, self._logs, self._metrics
        self._changes, self._logs, self._metrics = [], [], []
        if changes:
            self._store.executions.save(connection, changes)
        if logs:
            self._store.logs.append(connection, logs)
        if metrics:
            self._store.metrics.append(connection, metrics)

    def _forget(self) -> None:
        self._live.clear()
        self._surroundings.size_limit.forget_all()
        self._changes, self._logs, self._metrics = [], [], []
        self._waiting.clear()
        while self._promised:
            self._promised -= 1
            self._doers.queue.give_back()

    def _do(self, turn: Turn) -> None:
        """Set going what a committed turn asks for."""
        id_ = turn.execution.id
        if turn.execution.done:
            self._live.pop(id_, None)
            self._surroundings.size_limit.forget(id_)
            self._ended.keep(turn.execution)
        else:
            self._ended.drop(id_)
        if turn.later:
            self._later.setdefault(id_, deque()).extend(turn.later)
        if id_ in self._later:
            self._go_on_later(id_)
        for assignment in turn.claimed:
            self._promised -= 1
            self._claims[assignment] = Handled(turn.execution, turn.flow, True, turn.execution)
            self._doers.queue.put(assignment, reserved=True)
        for assignment in turn.starts:
            self._doers.queue.put(assignment)
        for assignment in turn.cancels:
            self._doers.cancel(assignment)
        for timer in turn.timers:
            self._doers.set_timer(turn.execution.id, timer)
        self._doers.news.publish([turn.execution.id])

    def _go_on_later(self, execution_id: str) -> None:
        """Let the next inline attempts of an execution have a turn of their own, behind what others want."""
        waiting = self._later[execution_id]
        some = [waiting.popleft() for _ in range(min(LONGEST, len(waiting)))]
        if not waiting:
            del self._later[execution_id]
        if some:
            self._store.journal.submit(lambda connection: self._take_some(connection, execution_id, some), patient=True)

    def _take_some(self, connection: Connection, execution_id: str, events: Sequence[Event]) -> None:
        execution = self.look(connection, execution_id)
        if execution is not None:
            flow = self._revisions.load(connection, execution.namespace, execution.flow_id, execution.revision)
            self._work_off(connection, lambda: self._turn(connection, execution, execution, flow, *events))


def _is_corrected(before: Execution | None, after: Execution) -> bool:
    """Whether somebody only says that an execution ended otherwise: its place is given on, its caller knows the end."""
    return before is not None and before.done and before.attempt_number == after.attempt_number


def _is_running(run: TaskRun, attempt: int) -> bool:
    last = run.attempts[-1] if run.attempts else None
    return run.state is State.RUNNING and last is not None and (last.number, last.state) == (attempt, State.RUNNING)


def _ignore(_handled: Handled) -> None:
    return None
