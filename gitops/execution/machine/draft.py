"""The working state of one `advance`: the records as they unfold, what moved, and what must be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from gitops.execution.effects import Announce, Effect, WriteLog
from gitops.execution.state import (
    MOVES,
    Branch,
    Children,
    Execution,
    Progress,
    State,
    TaskRun,
)
from gitops.execution.tree import FlowTree
from gitops.language.scalars import Level
from gitops.language.task import Task

Render = Callable[[Execution, TaskRun | None, object, Mapping[str, object]], object]
"""Render a value as it is seen from a task run, or from the execution itself when that is None, with more variables."""

Seal = Callable[[str], object]
"""Encrypt a text, so that it can be stored."""

_NOTHING: Mapping[str, object] = {}


class Draft:
    """Immutable records, replaced as the consequences of an event unfold.

    Parents whose children changed wait in `unsettled` and are looked at one by one: no recursion, so depth is free,
    and no parent decides twice from the same facts. `ended` holds the children that ended since then, by parent.
    `answer` is the execution at the moment that whoever asked wants to see, when that is not the last one.
    """

    def __init__(
        self,
        flow: FlowTree,
        execution: Execution,
        *,
        now: datetime,
        render: Render,
        chance: float,
        seal: Seal | None = None,
    ) -> None:
        self.flow = flow
        self.now = now
        self.chance = chance
        self.moved: dict[str, TaskRun] = {}
        self.removed: dict[str, None] = {}
        self.effects: list[Effect] = []
        self.unsettled: dict[str | None, None] = {}
        self.ended: dict[str | None, list[TaskRun]] = {}
        self.answer: Execution | None = None
        self.seal = seal
        self._render = render
        self._execution = execution
        self._runs = execution.task_runs
        self._paused = execution.paused
        self._next = execution.next_sequence

    @property
    def execution(self) -> Execution:
        """The execution as it is now."""
        known = self._execution
        if known.task_runs is not self._runs:
            known = replace(known, task_runs=self._runs, paused=self._paused, next_sequence=self._next)
            self._execution = known
        return known

    @execution.setter
    def execution(self, execution: Execution) -> None:
        self._execution = execution

    @property
    def state(self) -> State:
        """The state of the execution."""
        return self._execution.state

    @property
    def paused(self) -> int:
        """How many task runs are PAUSED."""
        return self._paused

    def render(self, task_run: TaskRun | None, value: object, more: Mapping[str, object] = _NOTHING) -> object:
        """The value as it is seen from a task run, or from the execution; raises ExpressionError."""
        return self._render(self.execution, task_run, value, more)

    # The execution

    def move_execution(self, state: State) -> None:
        """Let the execution be in `state`; through RUNNING where it cannot get there otherwise."""
        if state not in MOVES[self.state]:
            self.execution = self.execution.move(State.RUNNING, self.now)
            self.effects.append(Announce(State.RUNNING))
        self.execution = self.execution.move(state, self.now)
        self.effects.append(Announce(state))

    def change(self, **fields: object) -> None:
        """Let fields of the execution be these."""
        self.execution = replace(self.execution, **fields)

    # Task runs

    def run(self, task_run_id: str) -> TaskRun:
        """The task run of that id."""
        return self._runs[task_run_id]

    def find(self, task_run_id: str) -> TaskRun | None:
        """The task run of that id, None when there is none."""
        return self._runs.get(task_run_id)

    def task(self, parent_id: str | None) -> Task | None:
        """The task of a task run; None for the execution itself."""
        return None if parent_id is None else self.flow.task(self._runs[parent_id].task_id)

    def put(self, task_run: TaskRun) -> None:
        """Keep a new or changed task run."""
        before = self._runs.get(task_run.id)
        if before is None:
            self._next += 1
        was = before is not None and before.state is State.PAUSED
        self._paused += (task_run.state is State.PAUSED) - was
        self._runs = self._runs.insert(task_run.id, task_run)
        self.moved[task_run.id] = task_run

    def remove(self, task_run_id: str) -> None:
        """Forget a task run as if it had never been."""
        self._paused -= self._runs[task_run_id].state is State.PAUSED
        self._runs = self._runs.remove(task_run_id)
        self.moved.pop(task_run_id, None)
        self.removed[task_run_id] = None

    @property
    def next_sequence(self) -> int:
        """The place of the next task run."""
        return self._next

    # Parents: the execution itself (None) and task runs that hold others

    def progress(self, parent_id: str | None) -> Progress:
        """How far a parent is."""
        found = self._execution.progress if parent_id is None else self._runs[parent_id].progress
        return found or Progress()

    def set_progress(self, parent_id: str | None, progress: Progress) -> None:
        """Let a parent be so far."""
        if parent_id is None:
            self.change(progress=progress)
        else:
            self.put(replace(self._runs[parent_id], progress=progress))

    def set_children(self, parent_id: str | None, children: Children) -> None:
        """Let the counts of a parent's children be these."""
        self.set_progress(parent_id, replace(self.progress(parent_id), children=children))

    def enter_branch(self, parent_id: str | None, branch: Branch, outcome: State) -> None:
        """Let a parent go on with another branch; `outcome` is its result so far."""
        self.set_progress(
            parent_id,
            replace(self.progress(parent_id), branch=branch, outcome=outcome, children=Children(), leaving=False),
        )
        self.ended.pop(parent_id, None)
        self.unsettle(parent_id)

    def is_leaving(self, parent_id: str | None) -> bool:
        """Whether somebody ended the execution early in the branch that this parent is in, or in one around that.

        What stands in a branch that follows goes on: it is there to run whatever happened.
        """
        if self._execution.progress.exit is None:
            return False
        branch = self.progress(parent_id).branch
        while branch is Branch.TASKS and parent_id is not None and not self.progress(parent_id).leaving:
            branch, parent_id = self._runs[parent_id].branch, self._runs[parent_id].parent_id
        return self.progress(parent_id).leaving

    def unsettle(self, parent_id: str | None) -> None:
        """Let a parent be looked at before the event is over."""
        self.unsettled[parent_id] = None

    def log(self, task_run: TaskRun | None, message: str, level: Level = Level.ERROR) -> None:
        """Write a line to the execution's log."""
        self.effects.append(WriteLog(None if task_run is None else task_run.id, level, message))
