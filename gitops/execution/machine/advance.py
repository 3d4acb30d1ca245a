"""The pure state machine: `advance` takes what happened and says what the execution is now and what must be done.

Rules of the modules behind it: no IO, no clock, no randomness: `now` and the dice (`chance`) are arguments, and
expressions are rendered through `render`. An event that does not fit the state changes nothing; so duplicates and late
news are free.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from gitops.execution.effects import Announce, Effect, Purpose
from gitops.execution.events import (
    AttemptFailed,
    AttemptLost,
    AttemptStarted,
    AttemptSucceeded,
    ChildBegun,
    ChildCreated,
    ChildEnded,
    ChildGone,
    ChildRefused,
    Created,
    Event,
    ForceRunAsked,
    KillAsked,
    LabelsSet,
    PauseAsked,
    Queued,
    RestartAsked,
    ResumeAsked,
    StateChanged,
    TaskRunMarked,
    TimerFired,
    TurnedAway,
    Unqueued,
)
from gitops.execution.machine import agreements, attempts, calls, holds, pausing, queueing, restarting
from gitops.execution.machine.draft import Draft, Render, Seal
from gitops.execution.machine.killing import kill
from gitops.execution.machine.settling import settle_all
from gitops.execution.machine.task_runs import retry
from gitops.execution.state import Execution, State, TaskRun
from gitops.execution.tree import FlowTree


@dataclass(frozen=True, slots=True)
class Step:
    """The result of one event: the execution as it is now, the task runs that moved, and what must be done.

    `answer` is the execution as whoever asked for the event wants to see it.
    """

    execution: Execution
    answer: Execution
    moved: Mapping[str, TaskRun]
    removed: Collection[str]
    effects: tuple[Effect, ...]
    changed: bool


def advance(
    flow: FlowTree,
    execution: Execution,
    event: Event,
    *,
    now: datetime,
    render: Render,
    chance: float = 0.0,
    seal: Seal | None = None,
) -> Step:
    """What follows from `event`. `chance` in [0, 1) is used by random retries only, `seal` by secret outputs."""
    draft = Draft(flow, execution, now=now, render=render, chance=chance, seal=seal)
    _take(draft, event)
    settle_all(draft)
    if flow.flow.sla and draft.execution is not execution:
        agreements.check(draft)
        settle_all(draft)
    after = draft.execution
    return Step(
        execution=after,
        answer=draft.answer or after,
        moved=draft.moved,
        removed=draft.removed,
        effects=tuple(draft.effects),
        changed=after is not execution or bool(draft.effects),
    )


def _take(draft: Draft, event: Event) -> None:
    """Apply the event itself; what follows from it is settled afterwards."""
    match event:
        case AttemptStarted():
            attempts.start(draft, event)
        case AttemptSucceeded():
            attempts.succeed(draft, event)
        case AttemptFailed():
            attempts.fail(draft, event)
        case AttemptLost():
            attempts.lose(draft, event)
        case TimerFired():
            _time(draft, event)
        case ChildBegun():
            holds.begin_child(draft, event)
        case ChildCreated():
            calls.created(draft, event)
        case ChildEnded():
            calls.ended(draft, event)
        case ChildRefused():
            calls.refused(draft, event)
        case ChildGone():
            calls.call_anew(draft, event)
        case _:
            _take_beginning(draft, event)


def _time(draft: Draft, event: TimerFired) -> None:
    """A date has come."""
    match event.purpose:
        case Purpose.RETRY:
            retry(draft, event.subject, event.number)
        case Purpose.RESUME:
            pausing.time_over(draft, event.subject, event.number, failed=False)
        case Purpose.TIMEOUT:
            pausing.time_over(draft, event.subject, event.number, failed=True)
        case Purpose.LOOP:
            pausing.next_iteration(draft, event.subject, event.number)
        case Purpose.START:
            queueing.begin(draft)
        case Purpose.SLA:
            agreements.due(draft, event.subject, event.number)


def _take_beginning(draft: Draft, event: Event) -> None:
    """Apply what the engine wants of an execution that has not begun."""
    match event:
        case Created():
            queueing.accept(draft)
        case Queued():
            queueing.queue(draft)
        case TurnedAway(state, message):
            queueing.turn_away(draft, state, message)
        case Unqueued(state):
            queueing.unqueue(draft, state)
        case _:
            _take_wish(draft, event)


def _take_wish(draft: Draft, event: Event) -> None:
    """Apply what an operator wants of the whole execution."""
    match event:
        case ForceRunAsked():
            queueing.force(draft)
        case PauseAsked():
            pausing.pause(draft)
        case ResumeAsked():
            pausing.resume(draft, event)
        case KillAsked(cascade):
            kill(draft, cascade=cascade)
        case RestartAsked(caller):
            restarting.restart(draft, caller)
        case TaskRunMarked():
            restarting.mark(draft, event)
        case StateChanged(state):
            _change_state(draft, state)
        case LabelsSet(labels):
            draft.change(labels=labels)


def _change_state(draft: Draft, state: State) -> None:
    if draft.state.ended and state.ended and state is not draft.state:
        draft.execution = draft.execution.reopen(state, draft.now)
        draft.effects.append(Announce(state))
