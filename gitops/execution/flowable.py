"""A flowable: a task that only decides which children come next. Deciding is pure."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar, Protocol

from gitops.execution.state import Branch, Children, State, TaskRun
from gitops.language.inputs.input import Input
from gitops.language.task import Task

Render = Callable[[object], object]


class Family(Protocol):
    """What a flowable knows of its children when it is asked: counts, what it decided, and those that just ended."""

    @property
    def tasks(self) -> Sequence[Task]:
        """The enabled tasks of the branch `tasks`, in the order of the source."""
        ...

    @property
    def children(self) -> Children:
        """The counts of the branch `tasks`; all of the current iteration for a type that repeats."""
        ...

    @property
    def cursor(self) -> int:
        """The flowable's own count, as its last `Next` left it; 0 at first."""
        ...

    @property
    def decision(self) -> Mapping[str, object]:
        """What `begin` decided."""
        ...

    @property
    def ended(self) -> Sequence[TaskRun]:
        """The children that ended since the flowable was last asked; after a restart, all that have ended."""
        ...

    def child(self, task_id: str, iteration: int | None = None) -> TaskRun | None:
        """The task run of a child."""
        ...

    def render(self, child: TaskRun, value: object) -> object:
        """The value as a child sees it; raises ExpressionError."""
        ...


@dataclass(frozen=True, slots=True)
class Child:
    """A task run to create. `value` and `iteration` are given by loops."""

    task: Task
    value: str | None = None
    iteration: int | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The decision: children to create now, whether the branch holds no more of them, and the new cursor, if any."""

    create: tuple[Child, ...] = ()
    complete: bool = False
    cursor: int | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """What a flowable rendered when it began: kept as its `decision`, and what it hands out from the start."""

    decision: Mapping[str, object] | None = None
    outputs: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The branch `tasks` is over. `state` replaces the result of the children; `outputs` are those of the task.

    With `exit` the whole execution ends, in that state.
    """

    state: State | None = None
    outputs: Mapping[str, object] | None = None
    message: str | None = None
    exit: State | None = None


@dataclass(frozen=True, slots=True)
class GoOn:
    """The tasks of the next phase run; `answer` is kept in the decision."""

    answer: str
    outputs: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """The children run once more, after a wait."""

    wait: timedelta
    outputs: Mapping[str, object] | None = None


class Behavior(Enum):
    """What becomes of a flowable that was held for as long as it may be."""

    RESUME = "RESUME"
    WARN = "WARN"
    FAIL = "FAIL"
    SUCCEED = "SUCCEED"
    CANCEL = "CANCEL"
    KILL = "KILL"


@dataclass(frozen=True, slots=True)
class Hold:
    """The execution is held here until somebody resumes it, or the time is over.

    `duration` ends the wait as `behavior` says; `timeout` fails it. Without both it waits for ever.
    """

    duration: timedelta | None = None
    behavior: Behavior = Behavior.RESUME
    timeout: timedelta | None = None
    outputs: Mapping[str, object] | None = None


Conclusion = Done | GoOn | Again | Hold


def in_order(tasks: Sequence[Task], children: Children) -> Next:
    """One task after another; the next one only when the last one has ended, and none after a failure."""
    if children.live:
        return Next()
    if children.failed or children.created == len(tasks):
        return Next(complete=True)
    return Next(create=(Child(tasks[children.created]),))


class Flowable(Task):
    """A task that holds other tasks and decides when each of them runs.

    `LOOP` says that the children have a value or a number of their own in each iteration. `KEYED` says that the
    outputs of the children are addressed by that value. `ITEMS` says that the children see it as `item`.
    `DECIDED` says that it concludes by what somebody answered, also when no tasks follow the answer.
    """

    RUNNABLE: ClassVar[bool] = False
    LOOP: ClassVar[bool] = False
    KEYED: ClassVar[bool] = False
    ITEMS: ClassVar[bool] = False
    DECIDED: ClassVar[bool] = False

    @abstractmethod
    def branch(self, branch: Branch) -> Sequence[Task]:
        """The tasks of a branch, in the order of the source; empty when it has none."""

    def begin(self, render: Render) -> Begin:  # noqa: ARG002 - deciders that branch render
        """What to decide once, when the task run begins; raises ExpressionError or TaskFailed."""
        return Begin()

    def chosen(self, decision: Mapping[str, object], cursor: int) -> Sequence[Task]:  # noqa: ARG002 - most choose nothing
        """The tasks of `tasks` that run in order, by what was decided."""
        return self.branch(Branch.TASKS)

    def next(self, family: Family) -> Next:
        """Which children of the branch `tasks` come next; one after another unless a type knows better."""
        return in_order(enabled(self.chosen(family.decision, family.cursor)), family.children)

    def goes_on(self, children: Children) -> bool:  # noqa: ARG002 - for most a failure is the end
        """Whether more children are created, and the end is concluded, although children have failed."""
        return False

    def conclude(self, family: Family, render: Render, *, began: datetime, now: datetime) -> Conclusion:  # noqa: ARG002 - most are just done
        """What follows when the branch `tasks` is over without a failure; raises ExpressionError or TaskFailed."""
        return Done()

    def result(self, outcome: State) -> State:
        """What the result of the branches means for the task."""
        return outcome

    def accept(self, family: Family, given: Mapping[str, object], *, to: State, now: datetime) -> Mapping[str, object]:  # noqa: ARG002 - only those that hold accept
        """The outputs after somebody resumed what was held; `given` are inputs, `by`, `comment` and `decision`."""
        return {}

    def asks_for(self) -> Sequence[Input]:
        """The inputs that whoever resumes is asked for."""
        return ()

    def objection(self, decision: str | None, comment: str | None, render: Render) -> str | None:  # noqa: ARG002 - only reviews object
        """Why a comment will not do for a decision; None when it will. Raises ExpressionError when nobody can tell."""
        return None

    def cursor_of(self, children: Sequence[TaskRun], before: int) -> int:  # noqa: ARG002 - most have one phase
        """The cursor when, after a restart or in a replay, only these children are left."""
        return before

    def follows(self, earlier: TaskRun, later: TaskRun) -> bool:
        """Whether the child `later` depends on the end of the child `earlier`; all that began later, by default."""
        return later.sequence > earlier.sequence


def enabled(tasks: Sequence[Task]) -> Sequence[Task]:
    """Without the tasks that are switched off."""
    return [task for task in tasks if not task.disabled] if any(task.disabled for task in tasks) else tasks
