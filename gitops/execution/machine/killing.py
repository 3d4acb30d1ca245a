"""Killing: parents wait for their children, running work for its worker, what has not begun ends at once."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.execution.calling import Calling
from gitops.execution.effects import CancelAttempt, KillChildren
from gitops.execution.flowable import Flowable
from gitops.execution.holding import Holding
from gitops.execution.machine.attempts import end_attempt
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.state import Branch, State, TaskRun

_NOT_BEGUN = (State.CREATED, State.QUEUED)


def kill(draft: Draft, *, cascade: bool, into: State = State.KILLED) -> None:
    """Stop everything, so that it ends in `into`; with `cascade` the executions that this one called for too."""
    if draft.state.ended or draft.state is State.KILLING:
        return
    if draft.state in _NOT_BEGUN:
        draft.move_execution(State.KILLED)
        draft.change(done=True)
        return
    draft.move_execution(State.KILLING)
    draft.set_progress(None, replace(draft.progress(None), exit=into))
    if cascade:
        draft.effects.append(KillChildren())
    for task_run in draft.execution.in_order():
        if not task_run.state.ended:
            _kill_task_run(draft, draft.run(task_run.id), cascade=cascade)
    draft.unsettle(None)


def _kill_task_run(draft: Draft, task_run: TaskRun, *, cascade: bool) -> None:
    task = draft.task(task_run.id)
    waits = isinstance(task, Calling) and cascade and draft.progress(task_run.id).children.live > 0
    if isinstance(task, Flowable) or waits or _runs_branch(task_run, task):
        draft.put(task_run.move(State.KILLING, draft.now))
        draft.unsettle(task_run.id)
    elif task_run.state is State.RUNNING and not isinstance(task, Calling):
        draft.put(task_run.move(State.KILLING, draft.now))
        draft.effects.append(CancelAttempt(task_run.id, len(task_run.attempts)))
    else:
        end(draft, _without_live_attempt(draft, task_run), draft.progress(None).exit or State.KILLED)


def _runs_branch(task_run: TaskRun, task: object) -> bool:
    """Whether a task that held its children on a worker is past that, in a branch that the machine runs."""
    progress = task_run.progress
    return isinstance(task, Holding) and progress is not None and progress.branch is not Branch.TASKS


def _without_live_attempt(draft: Draft, task_run: TaskRun) -> TaskRun:
    live = task_run.attempts and not task_run.attempts[-1].state.ended
    return end_attempt(draft, task_run, State.KILLED) if live else task_run
