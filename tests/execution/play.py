"""Flows of the real catalogue in the pure machine: expressions are rendered, and the player does the work of the tasks.

Return gives its text, Log says it, everything else simply succeeds; what a test calls `failing` fails and what it
calls `slow` stays open until the test ends it. After each event the laws of the machine are checked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from gitops.catalog.catalogue import catalogue
from gitops.errors import ExpressionError
from gitops.execution.effects import (
    Announce,
    CancelAttempt,
    Effect,
    SetTimer,
    StartAttempt,
    StartChild,
    WriteLog,
)
from gitops.execution.events import (
    AttemptFailed,
    AttemptStarted,
    AttemptSucceeded,
    ChildBegun,
    ChildCreated,
    ChildEnded,
    ChildRefused,
    Created,
    Event,
    KillAsked,
    RestartAsked,
    ResumeAsked,
    TimerFired,
)
from gitops.execution.machine.advance import Step, advance
from gitops.execution.rendering import render_task
from gitops.execution.state import Execution, State, TaskRun
from gitops.execution.tree import FlowTree
from gitops.execution.variables import variables
from gitops.language.expression.template import render
from gitops.language.flow import read_flow
from gitops.language.task import Task
from gitops.tasks.debug.return_ import Return
from gitops.tasks.execution.fail import Fail
from gitops.tasks.log.log import Log
from tests.execution.forest import BEGIN, new_execution
from tests.execution.laws import check_laws
from tests.replacing import replace

CORE = "io.kestra.plugin.core."
_MOST_ATTEMPTS = 2_000

Data = dict[str, Any]


def give(task_id: str, value: str | None = None, **more: Any) -> Data:
    """A task whose output `value` is a rendered text, by default its own id."""
    return {"id": task_id, "type": f"{CORE}debug.Return", "format": task_id if value is None else value, **more}


def say(task_id: str, message: str, **more: Any) -> Data:
    """A task that writes a line."""
    return {"id": task_id, "type": f"{CORE}log.Log", "message": message, **more}


def flow_task(kind: str, task_id: str, *tasks: Data, **more: Any) -> Data:
    """A task of the group `flow`; `finally_` and the like stand for words of Python."""
    own = {"tasks": list(tasks)} if tasks else {}
    return {"id": task_id, "type": f"{CORE}flow.{kind}", **own, **{name.rstrip("_"): it for name, it in more.items()}}


def execution_task(kind: str, task_id: str, **more: Any) -> Data:
    """A task of the group `execution`."""
    return {"id": task_id, "type": f"{CORE}execution.{kind}", **more}


def read_tree(*tasks: Data, **flow: Any) -> FlowTree:
    """The tree of a flow with these tasks."""
    data = {"id": "flow", "namespace": "tests", "tasks": list(tasks), **flow}
    return FlowTree(read_flow({name.rstrip("_"): value for name, value in data.items()}, catalogue()))


@dataclass
class Player:
    """Drives one execution and keeps what it asks for.

    A task run is named by its task and the values of the loops around it, as in `greet[Ada]`; where a loop has no
    values, by the number of the iteration, as in `ask[0]`.
    """

    flow: FlowTree
    execution: Execution = field(default_factory=new_execution)
    failing: Collection[str] = ()
    slow: Collection[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    now: datetime = BEGIN
    chance: float = 0.5
    logs: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    open: list[StartAttempt] = field(default_factory=list)
    timers: list[SetTimer] = field(default_factory=list)
    calls: list[StartChild] = field(default_factory=list)
    others: list[Effect] = field(default_factory=list)
    announced: list[State] = field(default_factory=list)

    # Events

    def give(self, event: Event) -> Step:
        """Give one event, then do the work that it leads to."""
        step = self.give_only(event)
        self.work()
        return step

    def give_only(self, event: Event) -> Step:
        """Give one event, and do nothing."""
        self.now += timedelta(milliseconds=1)
        step = advance(self.flow, self.execution, event, now=self.now, render=self._render, chance=self.chance)
        assert step.changed == (step.execution is not self.execution or bool(step.effects))
        self.execution = step.execution
        self._keep(step.effects)
        check_laws(self.flow, self.execution)
        return step

    def begin(self) -> Player:
        self.give(Created())
        return self

    def end(self, name: str, *, failed: str | None = None, outputs: Mapping[str, object] | None = None) -> Step:
        """End a slow attempt."""
        run = self.run(name)
        number = len(run.attempts)
        self.open = [start for start in self.open if start != StartAttempt(run.id, number)]
        if failed is not None:
            return self.give(AttemptFailed(run.id, number, failed, outputs or {}))
        return self.give(AttemptSucceeded(run.id, number, outputs or {}))

    def kill(self, *, cascade: bool = True) -> Step:
        return self.give(KillAsked(cascade))

    def restart(self) -> Step:
        return self.give(RestartAsked())

    def resume(self, name: str | None = None, **more: Any) -> Step:
        return self.give(ResumeAsked(None if name is None else self.run(name).id, **more))

    def wait(self, seconds: float | None = None) -> timedelta:
        """Let the next timer come, or all that come within some seconds; returns how long that took."""
        before = self.now
        until = None if seconds is None else before + timedelta(seconds=seconds)
        while self.timers and (until is None or min(timer.at for timer in self.timers) <= until):
            timer = min(self.timers, key=lambda each: each.at)
            self.timers.remove(timer)
            self.now = max(self.now, timer.at)
            self.give(TimerFired(timer.purpose, timer.subject, timer.number))
            if until is None:
                break
        self.now = self.now if until is None else max(self.now, until)
        return self.now - before

    # Executions that were called for

    def call_created(self, number: int = -1, state: State = State.CREATED) -> Step:
        call = self.calls[number].caller
        return self.give(ChildCreated(call.task_run_id, call.attempt, call.index, f"child{call.index}", state))

    def call_ended(
        self,
        state: State = State.SUCCESS,
        outputs: Mapping[str, object] | None = None,
        *,
        number: int = -1,
        problem: str | None = None,
    ) -> Step:
        call = self.calls[number].caller
        id_ = f"child{call.index}"
        return self.give(ChildEnded(call.task_run_id, call.attempt, call.index, id_, state, outputs, problem))

    def call_refused(self, message: str, number: int = -1) -> Step:
        call = self.calls[number].caller
        return self.give(ChildRefused(call.task_run_id, call.attempt, call.index, message))

    # What is known

    def run(self, name: str) -> TaskRun:
        """The task run of that name."""
        return {self.name(run): run for run in self.execution.in_order()}[name]

    def name(self, run: TaskRun) -> str:
        values: list[str] = []
        each: TaskRun | None = run
        while each is not None:
            value = each.value if each.value is not None else each.iteration
            values = values if value is None else [f"[{value}]", *values]
            each = self.execution.task_runs.get(each.parent_id) if each.parent_id else None
        return run.task_id + "".join(values)

    def states(self) -> dict[str, str]:
        """The state of each task run, by name, in the order of creation."""
        return {self.name(run): run.state.value for run in self.execution.in_order()}

    def outputs(self, name: str) -> Mapping[str, object] | None:
        return self.run(name).outputs

    def history(self, name: str | None = None) -> list[str]:
        """The states that a task run, or the execution, has been in."""
        moving = self.execution if name is None else self.run(name)
        return [moment.state.value for moment in moving.moments]

    @property
    def state(self) -> str:
        return self.execution.state.value

    # The work

    def work(self) -> None:
        """Do all attempts that were asked for, but those that are slow."""
        waiting = deque(self.open)
        self.open = []
        for _ in range(_MOST_ATTEMPTS):
            if not waiting:
                return
            start = waiting.popleft()
            run = self.execution.task_runs.get(start.task_run_id)
            if run is not None and self._claim(start) and not self._is(self.slow, run):
                self._perform(start)
            waiting.extend(self.open)
            self.open = []
        raise AssertionError("the execution asks for attempts without an end")

    def _claim(self, start: StartAttempt) -> bool:
        changed = self.give_only(AttemptStarted(start.task_run_id, start.attempt)).changed
        if changed:
            self.begun.append(self.name(self.execution.task_runs[start.task_run_id]))
        return changed

    def _perform(self, start: StartAttempt) -> None:
        run = self.execution.task_runs[start.task_run_id]
        self.give_only(self._report(run))

    def _report(self, run: TaskRun) -> AttemptSucceeded | AttemptFailed:
        number = len(run.attempts)
        if self._is(self.failing, run):
            return AttemptFailed(run.id, number, "it failed")
        task = self.flow.task(run.task_id)
        known = variables(self.flow, self.execution, run)
        try:
            outputs = self._outputs(render_task(task, lambda value: render(value, known), catalogue()), known)
        except ExpressionError as error:
            return AttemptFailed(run.id, number, str(error))
        if isinstance(task, Fail):
            return AttemptFailed(run.id, number, task.error_message)
        return AttemptSucceeded(run.id, number, outputs)

    def _outputs(self, task: Task, known: Mapping[str, object]) -> dict[str, object]:
        if isinstance(task, Return):
            return {"value": str(render(task.format, known))}
        if isinstance(task, Log):
            self.logs.extend((task.message,) if isinstance(task.message, str) else task.message)
        return {}

    def _is(self, names: Collection[str], run: TaskRun) -> bool:
        return run.task_id in names or self.name(run) in names

    def _render(self, execution: Execution, run: TaskRun | None, value: object, more: Mapping[str, object]) -> object:
        return render(value, variables(self.flow, execution, run, more), {"read": self._read})

    def _read(self, address: str) -> str:
        return self.files[address]

    def _keep(self, effects: Collection[Effect]) -> None:
        for effect in effects:
            match effect:
                case StartAttempt():
                    self.open.append(effect)
                case SetTimer():
                    self.timers.append(effect)
                case StartChild():
                    self.calls.append(effect)
                case Announce(state):
                    self.announced.append(state)
                case WriteLog(_, _, message):
                    self.logs.append(message)
                case CancelAttempt() | _:
                    self.others.append(effect)


def play(
    *tasks: Data,
    failing: Collection[str] = (),
    slow: Collection[str] = (),
    inputs: Mapping[str, object] | None = None,
    labels: tuple[tuple[str, str], ...] = (),
    files: Mapping[str, str] | None = None,
    **flow: Any,
) -> Player:
    """Begin a flow with these tasks and do all the work that it asks for."""
    execution = replace(new_execution(), inputs=inputs or {}, labels=labels)
    player = Player(read_tree(*tasks, **flow), execution, failing=failing, slow=slow, files=files or {})
    return player.begin()


def begin_child(player: Player, holder: str, task_id: str) -> Step:
    """What the worker of a WorkingDirectory says when it begins one of its tasks."""
    run = player.run(holder)
    return player.give_only(ChildBegun(run.id, len(run.attempts), task_id))


def folder(*tasks: Data, **more: Any) -> Data:
    """A WorkingDirectory with the id `folder`."""
    return flow_task("WorkingDirectory", "folder", *(tasks or (give("a"), give("b"))), **more)


def run_child(player: Player, task_id: str, *, failed: bool = False) -> None:
    """What the worker of the task `folder` does with one child."""
    begin_child(player, "folder", task_id)
    child = player.run(task_id)
    if not child.state.ended:
        player.give(AttemptStarted(child.id, len(child.attempts)))
        player.end(task_id, failed="it failed" if failed else None, outputs={"value": task_id})
