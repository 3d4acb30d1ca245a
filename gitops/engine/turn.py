"""One turn of the engine: an event, and everything that follows from it without leaving the dispatcher.

Attempts of inline tasks run right here, so that a chain of cheap tasks is one turn and one commit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gitops.engine import clock
from gitops.engine.attempts.attempt import run_attempt
from gitops.engine.attempts.context import AttemptContext, Surroundings
from gitops.engine.queues.queue import Assignment
from gitops.engine.redaction import Redactor
from gitops.execution.effects import (
    Announce,
    CancelAttempt,
    Effect,
    SetTimer,
    StartAttempt,
    WriteLog,
)
from gitops.execution.events import AttemptFailed, AttemptStarted, AttemptSucceeded, Event
from gitops.execution.machine.advance import Step, advance
from gitops.execution.runnable import Runnable
from gitops.execution.state import Execution, State, TaskRun
from gitops.execution.tree import FlowTree
from gitops.language.expression.template import render
from gitops.language.scalars import Level, holds_expression
from gitops.language.task import Kinds
from gitops.store.logs import LogEntry
from gitops.store.metrics import Metric

LONGEST = 500
"""How many inline attempts one turn may hold; the rest gets turns of its own, so that others get theirs between."""


@dataclass(slots=True)
class Turn:
    """What one turn has brought about; the dispatcher writes it down and sets it going."""

    execution: Execution
    flow: FlowTree
    surroundings: Surroundings
    kinds: Kinds
    changed: bool = False
    answer: Execution | None = None
    moved: dict[str, TaskRun] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    events: list[tuple[datetime, Event]] = field(default_factory=list)
    logs: list[LogEntry] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    starts: list[Assignment] = field(default_factory=list)
    claimed: list[Assignment] = field(default_factory=list)
    cancels: list[Assignment] = field(default_factory=list)
    timers: list[SetTimer] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    others: list[Effect] = field(default_factory=list)
    later: list[AttemptStarted] = field(default_factory=list)
    _inline: int = 0
    _around: Surroundings | None = None

    def take(self, *events: Event) -> None:
        """Apply the events and all inline work that they lead to."""
        waiting = deque(events)
        while waiting:
            event = waiting.popleft()
            step = self._advance(event)
            if not step.changed:
                continue
            waiting.extend(self._follow(step))
            if isinstance(event, AttemptStarted) and self._runs_here(event.task_run_id):
                waiting.append(self._run(event))

    def claim_next(self) -> bool:
        """Let the first of the attempts that are to start begin; False when it is not wanted any more."""
        assignment = self.starts.pop(0)
        step = self._advance(AttemptStarted(assignment.task_run_id, assignment.attempt))
        self._follow(step)
        if step.changed:
            self.claimed.append(assignment)
        return step.changed

    def _advance(self, event: Event) -> Step:
        if isinstance(event, AttemptSucceeded):
            event = self._within_limit(event)
        now = clock.now()
        step = advance(
            self.flow,
            self.execution,
            event,
            now=now,
            render=self._render,
            chance=clock.chance(),
            seal=self.surroundings.keeping().encrypt,
        )
        self.execution = step.execution
        self.answer = self.answer or step.answer
        self.changed |= step.changed
        for id_ in step.removed:
            self.moved.pop(id_, None)
        self.removed.update(step.removed)
        self.moved |= step.moved
        if step.changed and not (isinstance(event, AttemptStarted) and self._runs_here(event.task_run_id)):
            # That an attempt began which ends in the same turn is told by its end.
            self.events.append((now, event))
        return step

    def _within_limit(self, event: AttemptSucceeded) -> Event:
        """The event, or a failure when the execution would hold too much."""
        checked = self.surroundings.size_limit.checked(self.execution, event)
        if isinstance(checked, AttemptFailed):
            self._write_log(checked.task_run_id, Level.ERROR, checked.message)
        return checked

    def _follow(self, step: Step) -> list[Event]:
        """Note the effects; attempts that run here come back as events."""
        begun: list[Event] = []
        for effect in step.effects:
            match effect:
                case StartAttempt(task_run_id, attempt) if self._runs_here(task_run_id):
                    self._inline += 1
                    start = AttemptStarted(task_run_id, attempt)
                    (begun if self._inline <= LONGEST else self.later).append(start)
                case StartAttempt(task_run_id, attempt):
                    self.starts.append(Assignment(self.execution.id, task_run_id, attempt))
                case CancelAttempt(task_run_id, attempt):
                    self.cancels.append(Assignment(self.execution.id, task_run_id, attempt))
                case SetTimer():
                    self.timers.append(effect)
                case Announce(state):
                    self.states.append(state)
                case WriteLog(run_id, level, message):
                    self._write_log(run_id, level, message)
                case _:
                    self.others.append(effect)
        return begun

    def _write_log(self, run_id: str | None, level: Level, message: str) -> None:
        task_run = None if run_id is None else self.execution.task_runs.get(run_id)
        self.logs.extend(log_entries(self.execution.id, task_run, level, message))

    def _runs_here(self, task_run_id: str) -> bool:
        return self.execution.task_runs[task_run_id].task_id in self.flow.inline

    def _run(self, event: AttemptStarted) -> Event:
        task_run = self.execution.task_runs[event.task_run_id]
        task = self.flow.task(task_run.task_id)
        assert isinstance(task, Runnable)  # noqa: S101 - what runs here is

        def log(level: Level, message: str) -> None:
            self.logs.extend(log_entries(task_run.execution_id, task_run, level, message))

        if self._around is None:
            self._around = replace(self.surroundings, error_logs=self._error_logs)
        context = AttemptContext(self._around, self.flow, self.execution, task_run=task_run, log=log, may_wait=False)
        report = run_attempt(task, context, task_run=task_run, kinds=self.kinds)
        self.metrics.extend(context.measured)
        return report

    def _error_logs(self, execution_id: str) -> list[LogEntry]:
        """The stored entries, and those of this turn, which are not stored yet."""
        return [*self.surroundings.error_logs(execution_id), *(e for e in self.logs if e.level is Level.ERROR)]

    def _render(
        self, execution: Execution, task_run: TaskRun | None, value: object, more: Mapping[str, object]
    ) -> object:
        if isinstance(value, str) and not holds_expression(value):
            return value
        functions = self.surroundings.functions(execution, Redactor().learn)
        return render(value, self.surroundings.of(self.flow, execution, task_run, more=more), functions)


_LONGEST_MESSAGE = 10_240


def log_entries(execution_id: str, task_run: TaskRun | None, level: Level, message: str) -> list[LogEntry]:
    """A message as log entries; one longer than the limit is kept in parts."""
    parts = [message[start : start + _LONGEST_MESSAGE] for start in range(0, max(len(message), 1), _LONGEST_MESSAGE)]
    at = clock.now()
    return [
        LogEntry(
            id=None,
            execution_id=execution_id,
            task_run_id=None if task_run is None else task_run.id,
            task_id=None if task_run is None else task_run.task_id,
            attempt=None if task_run is None else len(task_run.attempts) or None,
            at=at,
            level=level,
            message=part,
        )
        for part in parts
    ]
