"""Where an execution, a task run and an attempt are: states, the table of legal moves, and the records themselves.

Two rules hold here. Everything is frozen: a change is a new value. And `MOVES` is the only place that says which
state may follow which; `docs/states.md` is drawn from it. The records are structs of msgspec: a change of one field
takes a tenth of the time that it takes with dataclasses, and changes are most of what the machine does. No record
refers to what holds it, so the garbage collector need not look at them (`gc=False`): it would walk every task run of
a large execution again and again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Self

from msgspec import Struct, field
from msgspec.structs import replace
from rpds import HashTrieMap

from gitops.errors import IllegalMove


class State(StrEnum):
    """The states of the flow language; executions and task runs share them."""

    CREATED = "CREATED"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    RESTARTED = "RESTARTED"
    RETRYING = "RETRYING"
    KILLING = "KILLING"
    SUCCESS = "SUCCESS"
    WARNING = "WARNING"
    FAILED = "FAILED"
    KILLED = "KILLED"
    CANCELLED = "CANCELLED"
    RETRIED = "RETRIED"
    SKIPPED = "SKIPPED"

    @property
    def ended(self) -> bool:
        """Whether nothing follows this state by itself."""
        return self in ENDED


ENDED = frozenset(
    {State.SUCCESS, State.WARNING, State.FAILED, State.KILLED, State.CANCELLED, State.RETRIED, State.SKIPPED}
)

_LIVE = frozenset(State) - ENDED
_RESULTS = frozenset({State.SUCCESS, State.WARNING, State.FAILED, State.CANCELLED, State.KILLING, State.KILLED})

MOVES: Mapping[State, frozenset[State]] = {
    # What follows by itself. What an operator may do besides is `reopen`.
    State.CREATED: frozenset({State.QUEUED, State.RUNNING, State.SKIPPED, State.FAILED, State.CANCELLED, State.KILLED}),
    State.QUEUED: frozenset({State.RUNNING, State.FAILED, State.CANCELLED, State.KILLED}),
    State.RUNNING: _RESULTS | {State.PAUSED, State.RETRYING, State.RETRIED},
    State.PAUSED: frozenset({State.RUNNING, State.RESTARTED, State.KILLING, State.KILLED, *_RESULTS}),
    State.RESTARTED: frozenset({State.RUNNING, State.PAUSED, State.KILLING, State.KILLED}),
    State.RETRYING: frozenset(
        {State.RUNNING, State.PAUSED, State.RETRIED, State.FAILED, State.CANCELLED, State.KILLING, State.KILLED}
    ),
    State.KILLING: frozenset({State.KILLED, State.FAILED, State.CANCELLED}),
    State.SUCCESS: frozenset(),
    State.WARNING: frozenset(),
    State.FAILED: frozenset({State.RESTARTED}),
    State.KILLED: frozenset(),
    State.CANCELLED: frozenset(),
    State.RETRIED: frozenset(),
    State.SKIPPED: frozenset(),
}

# The worst of several results wins; the reference's order (KILLED, FAILED, WARNING, else SUCCESS).
_WORST_FIRST = (State.KILLED, State.FAILED, State.CANCELLED, State.WARNING)


def worst(first: State, second: State) -> State:
    """Which of two results decides the result of what holds both."""
    return next((state for state in _WORST_FIRST if state in (first, second)), State.SUCCESS)


class Branch(StrEnum):
    """The lists of tasks that a flow or a flowable may hold, in the order they run."""

    TASKS = "tasks"
    ERRORS = "errors"
    FINALLY = "finally"
    AFTER = "afterExecution"


class Moment(Struct, frozen=True, gc=False):
    """A state and when it began."""

    state: State
    at: datetime


class Attempt(Struct, frozen=True, gc=False):
    """One try of a task run; `number` counts from 1. A lost attempt is one whose worker vanished."""

    number: int
    state: State = State.CREATED
    started_at: datetime | None = None
    ended_at: datetime | None = None
    message: str | None = None
    lost: bool = False


class Children(Struct, frozen=True, gc=False):
    """What a flowable knows of the children of its current branch: counts, never lists.

    Counts keep the cost of one event independent of how many children there are.
    """

    created: int = 0
    live: int = 0
    failed: int = 0
    worst: State = State.SUCCESS

    @property
    def ended(self) -> int:
        """How many children will not move again."""
        return self.created - self.live

    def with_created(self) -> Children:
        """One more child, alive."""
        return replace(self, created=self.created + 1, live=self.live + 1)

    def with_ended(self, state: State) -> Children:
        """One live child has ended in `state`."""
        return Children(
            created=self.created,
            live=self.live - 1,
            failed=self.failed + (state in (State.FAILED, State.KILLED, State.CANCELLED)),
            worst=worst(self.worst, state),
        )


class Progress(Struct, frozen=True, gc=False):
    """How far a flow or a flowable is: its current branch, that branch's children, and the result so far.

    `cursor` is the flowable's own count: the values that a loop has begun, the iterations of a LoopUntil.
    `exit` is the state that it ends in, whatever its children do, once somebody has said so; `leaving` is whether
    that was said in the branch that it is in, so that nothing more of this branch begins.
    """

    branch: Branch = Branch.TASKS
    children: Children = field(default_factory=Children)
    outcome: State = State.SUCCESS
    cursor: int = 0
    exit: State | None = None
    leaving: bool = False


def check_move(what: str, before: State, after: State) -> None:
    """Raise IllegalMove when `MOVES` does not allow `after` to follow `before`."""
    if after not in MOVES[before]:
        allowed = ", ".join(sorted(MOVES[before])) or "nothing"
        raise IllegalMove(f"{what} cannot move from {before} to {after}; after {before} come: {allowed}")


class TaskRun(Struct, frozen=True, gc=False, kw_only=True):
    """One task inside one execution.

    `sequence` is its place in the order of creation, from 0. `progress` is None for a runnable. `value` is the
    iterated value and `iteration` its index when a loop made this task run. `decision` is what a flowable rendered
    when it began (the branch that was chosen, the values of a loop): rendered once, read from then on.
    """

    id: str
    execution_id: str
    task_id: str
    sequence: int
    branch: Branch = Branch.TASKS
    parent_id: str | None = None
    value: str | None = None
    iteration: int | None = None
    state: State = State.CREATED
    moments: tuple[Moment, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    outputs: Mapping[str, object] | None = None
    message: str | None = None
    progress: Progress | None = None
    decision: Mapping[str, object] | None = None

    def move(self, state: State, now: datetime) -> Self:
        """This task run in `state` since `now`."""
        check_move(f"task run {self.id} of `{self.task_id}`", self.state, state)
        return replace(self, state=state, moments=(*self.moments, Moment(state, now)))

    def reopen(self, state: State, now: datetime) -> Self:
        """This task run in `state` because an operator says so, whatever it was."""
        return replace(self, state=state, moments=(*self.moments, Moment(state, now)))


class TriggeredBy(Struct, frozen=True, gc=False, kw_only=True):
    """The trigger that made an execution, and what it hands to expressions as `trigger.*`."""

    id: str
    type: str
    variables: Mapping[str, object] = field(default_factory=dict)


class CommitReference(Struct, frozen=True, gc=False, kw_only=True):
    """A commit of a watched repository."""

    repository: str
    sha: str


class Caller(Struct, frozen=True, gc=False, kw_only=True):
    """The task run that called for an execution, and which of its calls this is: the index of a batch, else 0."""

    execution_id: str
    task_run_id: str
    attempt: int
    index: int = 0


class Execution(Struct, frozen=True, gc=False, kw_only=True):
    """One run of one revision of a flow.

    `task_runs` maps ids to task runs and shares structure between versions, so that a change costs the same in a
    small and in a large execution. The execution is itself the parent of its top-level task runs (`progress`).

    `parent_id` is the execution that this one repeats (a replay, a restart on another revision, a retry by a new
    execution) and `original_id` the first of that line; `attempt_number` counts restarts and such retries from 1.
    `schedule_date` is when a created execution begins, None for at once. `caller` is the task run that waits for it.

    `paused` counts the task runs that are PAUSED; `next_sequence` is the place of the next task run. Both follow from
    `task_runs` and are kept beside them, so that nothing has to look through all.
    """

    id: str
    namespace: str
    flow_id: str
    revision: int
    created_at: datetime
    state: State = State.CREATED
    moments: tuple[Moment, ...] = ()
    inputs: Mapping[str, object] = field(default_factory=dict)
    outputs: Mapping[str, object] | None = None
    labels: tuple[tuple[str, str], ...] = ()
    variables: Mapping[str, object] | None = None
    trigger: TriggeredBy | None = None
    commit: CommitReference | None = None
    parent_id: str | None = None
    original_id: str | None = None
    original_created_at: datetime | None = None
    attempt_number: int = 1
    schedule_date: datetime | None = None
    caller: Caller | None = None
    message: str | None = None
    progress: Progress = field(default_factory=Progress)
    done: bool = False
    paused: int = 0
    next_sequence: int = 0
    task_runs: HashTrieMap[str, TaskRun] = field(default_factory=HashTrieMap)

    def move(self, state: State, now: datetime) -> Self:
        """This execution in `state` since `now`."""
        check_move(f"execution {self.id}", self.state, state)
        return replace(self, state=state, moments=(*self.moments, Moment(state, now)))

    def reopen(self, state: State, now: datetime) -> Self:
        """This execution in `state` because an operator says so, whatever it was."""
        return replace(self, state=state, moments=(*self.moments, Moment(state, now)))

    def in_order(self) -> list[TaskRun]:
        """The task runs in the order of their creation."""
        return sorted(self.task_runs.values(), key=lambda task_run: task_run.sequence)
