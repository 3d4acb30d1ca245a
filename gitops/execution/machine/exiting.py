"""The early end of an execution, in a state that somebody chose."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.machine.killing import kill
from gitops.execution.state import State

_WAITING = (State.PAUSED, State.RETRYING)


def end_with(draft: Draft, task_run_id: str | None, state: State) -> None:
    """Nothing new begins; a task run and its parents, and the execution, end in `state` once what runs has ended."""
    line: list[str | None] = [None]
    while task_run_id is not None:
        line.append(task_run_id)
        task_run_id = draft.run(task_run_id).parent_id
    for each in line:
        draft.set_progress(each, replace(draft.progress(each), exit=state, leaving=True))
    _end_waiting(draft, line, state)
    draft.unsettle(None)


def _end_waiting(draft: Draft, line: Collection[str | None], state: State) -> None:
    """End what only waits, for somebody or for its next attempt, so that it holds nothing up."""
    for run in draft.execution.in_order():
        begun = run.attempts and not run.attempts[-1].state.ended
        if run.state in _WAITING and run.id not in line and not begun:
            end(draft, run, state)
    if draft.state in _WAITING and not draft.paused:
        draft.move_execution(State.RUNNING)


def stop_with(draft: Draft, state: State) -> None:
    """What runs is stopped, and the execution ends in `state`."""
    kill(draft, cascade=False, into=state)
