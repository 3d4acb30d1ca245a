"""Tasks that the machine carries out itself: labels, variables, and the end of the execution."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.errors import GitopsError
from gitops.execution.editing import Edit, Editing
from gitops.execution.events import AttemptFailed, AttemptSucceeded
from gitops.execution.machine.attempts import fail, succeed
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.machine.exiting import end_with
from gitops.execution.machine.killing import kill
from gitops.execution.state import Attempt, State, TaskRun


def carry_out(draft: Draft, task_run: TaskRun, task: Editing) -> None:
    """Change the execution as the task says, and end the task run."""
    number = len(task_run.attempts) + 1
    attempt = Attempt(number, state=State.RUNNING, started_at=draft.now)
    running = replace(task_run.move(State.RUNNING, draft.now), attempts=(*task_run.attempts, attempt))
    draft.put(running)
    execution = draft.execution
    variables = (draft.flow.flow.variables or {}) if execution.variables is None else execution.variables
    try:
        edit = task.edit(lambda value: draft.render(running, value), labels=execution.labels, variables=variables)
    except GitopsError as error:
        draft.log(running, str(error))
        fail(draft, AttemptFailed(running.id, number, str(error)))
        return
    _apply(draft, running, edit)


def _apply(draft: Draft, run: TaskRun, edit: Edit) -> None:
    if edit.labels is not None:
        draft.change(labels=edit.labels)
    if edit.variables is not None:
        draft.change(variables=edit.variables)
    if edit.exit is not None:
        _exit(draft, run, edit.exit)
    else:
        succeed(draft, AttemptSucceeded(run.id, len(run.attempts)))
    if edit.kill or edit.exit is State.KILLED:
        kill(draft, cascade=edit.cascade)


def _exit(draft: Draft, run: TaskRun, state: State) -> None:
    """End the task run and everything above it in `state`."""
    end_with(draft, run.parent_id, state)
    ended = replace(run.attempts[-1], state=state, ended_at=draft.now)
    end(draft, replace(run, attempts=(*run.attempts[:-1], ended)), state)
