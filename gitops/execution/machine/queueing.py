"""How an execution begins: at once, at its date, or when the queue of its flow lets it."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.execution.effects import Purpose, SetTimer
from gitops.execution.events import ResumeAsked
from gitops.execution.machine import agreements
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.pausing import resume
from gitops.execution.machine.restarting import continue_restarted
from gitops.execution.state import State


def accept(draft: Draft) -> None:
    """The execution may begin, unless its date is yet to come."""
    date = draft.execution.schedule_date
    if draft.state is State.RESTARTED:
        continue_restarted(draft)
    elif draft.state is State.CREATED and date is not None and date > draft.now:
        draft.effects.append(SetTimer(date, Purpose.START))
    else:
        begin(draft)


def begin(draft: Draft) -> None:
    """The first tasks run."""
    if draft.state is State.CREATED:
        draft.move_execution(State.RUNNING)
        agreements.watch(draft)
        draft.unsettle(None)


def queue(draft: Draft) -> None:
    """As many executions of the flow run as may: this one waits."""
    if draft.state is State.CREATED:
        draft.move_execution(State.QUEUED)


def turn_away(draft: Draft, state: State, message: str) -> None:
    """The execution ends without having run."""
    if draft.state in (State.CREATED, State.QUEUED):
        draft.log(None, message)
        draft.execution = replace(draft.execution, message=message)
        draft.move_execution(state)
        draft.change(done=True)


def unqueue(draft: Draft, state: State) -> None:
    """The execution leaves the queue."""
    if draft.state is not State.QUEUED:
        return
    draft.move_execution(state)
    if state is State.RUNNING:
        agreements.watch(draft)
        draft.unsettle(None)
    else:
        draft.change(done=True)


def force(draft: Draft) -> None:
    """The execution runs now, whatever it waits for."""
    if draft.state is State.CREATED:
        begin(draft)
    elif draft.state is State.QUEUED:
        unqueue(draft, State.RUNNING)
    elif draft.state is State.PAUSED:
        resume(draft, ResumeAsked())
