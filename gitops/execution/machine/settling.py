"""Parents whose children changed: which children come next, which branch follows, and how the parent ends."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.errors import GitopsError
from gitops.execution.calling import Calling
from gitops.execution.flowable import Again, Done, Flowable, GoOn, Hold, Next, in_order
from gitops.execution.holding import Holding
from gitops.execution.machine.branches import leave
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.machine.exiting import end_with
from gitops.execution.machine.family import FamilyNow
from gitops.execution.machine.finish import end_execution
from gitops.execution.machine.listening import tasks_after
from gitops.execution.machine.pausing import hold, is_held_open, next_phase, wait_for_next_iteration
from gitops.execution.machine.task_runs import create
from gitops.execution.state import Branch, State, TaskRun, worst


def settle_all(draft: Draft) -> None:
    """Look at every parent whose children changed, until nothing follows any more."""
    while draft.unsettled:
        parent_id = next(iter(draft.unsettled))
        del draft.unsettled[parent_id]
        _settle(draft, parent_id)


def _settle(draft: Draft, parent_id: str | None) -> None:
    """Create the children that come next, go on to the next branch, or end the parent."""
    state = draft.state if parent_id is None else draft.run(parent_id).state
    if state is State.KILLING:
        _settle_killed(draft, parent_id)
        return
    if draft.execution.done or (parent_id is not None and state is not State.RUNNING):
        return
    if _is_held(draft):
        return
    decision = _decide(draft, parent_id)
    for child in decision.create:
        if draft.is_leaving(parent_id) or draft.state is State.KILLING:
            break  # a child before this one ended or killed the execution
        create(draft, parent_id, child)
    if decision.cursor is not None:
        draft.set_progress(parent_id, replace(draft.progress(parent_id), cursor=decision.cursor))
    if decision.complete and not decision.create and not draft.progress(parent_id).children.live:
        _leave_branch(draft, parent_id)


def _is_held(draft: Draft) -> bool:
    """Whether somebody paused the whole execution: then nothing new begins until it is resumed."""
    return draft.state is State.PAUSED and not draft.paused


def _settle_killed(draft: Draft, parent_id: str | None) -> None:
    if draft.progress(parent_id).children.live:
        return
    if parent_id is not None and _reports_itself(draft, parent_id):
        return
    outcome = draft.progress(None).exit or State.KILLED
    if parent_id is None:
        end_execution(draft, outcome)
    else:
        end(draft, draft.run(parent_id), outcome)


def _reports_itself(draft: Draft, parent_id: str) -> bool:
    """Whether the end of a parent comes from its worker or from what it called, not from its children."""
    return isinstance(draft.task(parent_id), Calling) or is_held_open(draft, draft.run(parent_id))


def _decide(draft: Draft, parent_id: str | None) -> Next:
    task, progress = draft.task(parent_id), draft.progress(parent_id)
    if isinstance(task, Calling | Holding) and progress.branch is Branch.TASKS:
        return Next()
    if draft.is_leaving(parent_id) or (progress.branch is Branch.TASKS and progress.outcome is State.FAILED):
        return Next(complete=True)
    if progress.branch is Branch.AFTER:
        return in_order(tasks_after(draft, progress.cursor), progress.children)
    if parent_id is None or progress.branch is not Branch.TASKS or not isinstance(task, Flowable):
        draft.ended.pop(parent_id, None)
        return in_order(draft.flow.branch(task, progress.branch), progress.children)
    if progress.children.failed and not task.goes_on(progress.children):
        draft.ended.pop(parent_id, None)
        return Next(complete=True)
    return _next(draft, parent_id, task)


def _next(draft: Draft, parent_id: str, task: Flowable) -> Next:
    try:
        return task.next(FamilyNow.of(draft, parent_id))
    except GitopsError as error:
        # From now on the branch has failed: what runs in it goes to its end, and nothing more begins.
        _say(draft, draft.run(parent_id), str(error))
        draft.set_progress(parent_id, replace(draft.progress(parent_id), outcome=State.FAILED))
        return Next(complete=True)


def _say(draft: Draft, run: TaskRun, message: str) -> None:
    """Tell why a task run fails."""
    draft.put(replace(run, message=message))
    draft.log(run, message)


def _leave_branch(draft: Draft, parent_id: str | None) -> None:
    """The branch is over: conclude what only a flowable knows, then go on to the next branch or end."""
    progress = draft.progress(parent_id)
    task = draft.task(parent_id)
    if (
        parent_id is not None
        and progress.branch is Branch.TASKS
        and isinstance(task, Flowable)
        and not draft.is_leaving(parent_id)
        and progress.outcome is not State.FAILED
        and (not progress.children.failed or task.goes_on(progress.children))
    ):
        _conclude(draft, parent_id, task)
    else:
        leave(draft, parent_id, worst(progress.outcome, progress.children.worst))


def _conclude(draft: Draft, parent_id: str, task: Flowable) -> None:
    run, progress = draft.run(parent_id), draft.progress(parent_id)
    family = FamilyNow.of(draft, parent_id)
    began = run.moments[0].at
    try:
        conclusion = task.conclude(family, lambda value: draft.render(run, value), began=began, now=draft.now)
    except GitopsError as error:
        _say(draft, run, str(error))
        leave(draft, parent_id, State.FAILED)
        return
    if conclusion.outputs is not None:
        draft.put(replace(run, outputs=conclusion.outputs))
    match conclusion:
        case Hold():
            hold(draft, parent_id, conclusion)
        case Again():
            wait_for_next_iteration(draft, parent_id, conclusion)
        case GoOn(answer):
            next_phase(draft, parent_id, answer)
        case Done(state, _, message, exit_):
            if message:
                _say(draft, draft.run(parent_id), message)
            if exit_ is not None:
                end_with(draft, parent_id, exit_)
            leave(draft, parent_id, state or worst(progress.outcome, progress.children.worst))
