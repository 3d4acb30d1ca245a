"""Flows for the tests of the machine: small task types without any work, and a driver that plays the worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import Field

from gitops.catalog.catalogue import Catalogue
from gitops.errors import ExpressionError
from gitops.execution.effects import CancelAttempt, Effect, SetTimer, StartAttempt
from gitops.execution.events import AttemptFailed, AttemptStarted, AttemptSucceeded, Created, Event, TimerFired
from gitops.execution.flowable import Child, Family, Flowable, Next
from gitops.execution.machine.advance import Step, advance
from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.state import Branch, Execution, Moment, State, TaskRun
from gitops.execution.tree import FlowTree
from gitops.language.flow import Flow, read_flow
from gitops.language.task import Task, Tasks

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class Work(Runnable):
    """A runnable; the driver says how it ends."""

    type: Literal["work"]

    def run(self, context: RunContext) -> None:
        """Never called: the machine only names the work."""


class Row(Flowable):
    """Children one after another."""

    type: Literal["row"]
    tasks: Tasks
    errors: Tasks = ()
    finally_: Tasks = Field((), alias="finally")

    def branch(self, branch: Branch) -> Sequence[Task]:
        return {Branch.TASKS: self.tasks, Branch.ERRORS: self.errors, Branch.FINALLY: self.finally_}.get(branch, ())


class Fan(Row):
    """All children at once."""

    type: Literal["fan"]  # type: ignore[assignment]  # another type name than the base's

    def next(self, family: Family) -> Next:
        tasks, children = [task for task in self.tasks if not task.disabled], family.children
        if children.created < len(tasks):
            return Next(create=tuple(Child(task) for task in tasks[children.created :]))
        return Next(complete=True)


FOREST = Catalogue({"Task": [Work, Row, Fan], "Trigger": [], "Condition": [], "TaskRunner": []})


def tree(data: Mapping[str, Any]) -> FlowTree:
    """The tree of a flow given as plain data; id and namespace are filled in."""
    flow: Flow = read_flow({"id": "flow", "namespace": "tests", **data}, FOREST)
    return FlowTree(flow)


def work(task_id: str, **more: Any) -> dict[str, Any]:
    return {"id": task_id, "type": "work", **more}


def row(task_id: str, *tasks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": task_id, "type": "row", "tasks": list(tasks), **more}


def fan(task_id: str, *tasks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": task_id, "type": "fan", "tasks": list(tasks), **more}


def new_execution() -> Execution:
    return Execution(
        id="execution",
        namespace="tests",
        flow_id="flow",
        revision=1,
        created_at=BEGIN,
        moments=(Moment(State.CREATED, BEGIN),),
    )


def render(_execution: Execution, _task_run: TaskRun | None, value: object, _more: Mapping[str, object]) -> object:
    """Text is itself, but for one word."""
    if value == "{{ broken }}":
        raise ExpressionError("broken")
    return value


@dataclass
class Driver:
    """Drives an execution: gives events, keeps effects, and counts what was asked for."""

    flow: FlowTree
    execution: Execution = field(default_factory=new_execution)
    now: datetime = BEGIN
    open: list[StartAttempt] = field(default_factory=list)
    timers: list[SetTimer] = field(default_factory=list)
    cancels: list[CancelAttempt] = field(default_factory=list)
    started: Counter[tuple[str, int]] = field(default_factory=Counter)

    def give(self, event: Event) -> Step:
        """Give one event."""
        self.now += timedelta(milliseconds=1)
        step = advance(self.flow, self.execution, event, now=self.now, render=render, chance=0.5)
        self.execution = step.execution
        self._keep(step.effects)
        return step

    def begin(self) -> Driver:
        """Let the execution begin."""
        self.give(Created())
        return self

    def task_run(self, task_id: str) -> TaskRun:
        """The only task run of a task."""
        (found,) = [run for run in self.execution.task_runs.values() if run.task_id == task_id]
        return found

    def end(self, task_id: str, *, failed: bool = False) -> Step:
        """Start and end the last attempt of a task."""
        run = self.task_run(task_id)
        number = run.attempts[-1].number
        self.give(AttemptStarted(run.id, number))
        self.open = [start for start in self.open if (start.task_run_id, start.attempt) != (run.id, number)]
        return self.give(report(run.id, number, failed=failed))

    def run_all(self, failing: Iterable[str] = ()) -> Execution:
        """Start and end everything that is asked for, until nothing is left; `failing` tasks fail always."""
        bad = set(failing)
        while self.open or self.timers:
            for start in (opened := self.open) and list(opened):
                self.end(self.execution.task_runs[start.task_run_id].task_id, failed=self._task(start) in bad)
            timers, self.timers = self.timers, []
            for timer in timers:
                self.give(TimerFired(timer.purpose, timer.subject, timer.number))
        return self.execution

    def states(self) -> dict[str, str]:
        """The state of each task run, by task."""
        return {run.task_id: run.state.value for run in self.execution.in_order()}

    def _task(self, start: StartAttempt) -> str:
        return self.execution.task_runs[start.task_run_id].task_id

    def _keep(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case StartAttempt():
                    self.open.append(effect)
                    self.started[effect.task_run_id, effect.attempt] += 1
                case SetTimer():
                    self.timers.append(effect)
                case CancelAttempt():
                    self.cancels.append(effect)


def report(task_run_id: str, attempt: int, *, failed: bool) -> AttemptSucceeded | AttemptFailed:
    """The end of an attempt."""
    if failed:
        return AttemptFailed(task_run_id, attempt, "it failed")
    return AttemptSucceeded(task_run_id, attempt, {"value": task_run_id})
