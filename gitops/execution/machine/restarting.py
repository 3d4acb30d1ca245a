"""Restarting: what failed runs again, in the same execution; and a task run is said to have ended otherwise.

A paused execution may be restarted too: what failed in it runs again, what is held begins its wait anew, and what runs
goes on as it is. A restart answers no pause: nobody is passed over who was to be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from gitops.execution.calling import Calling
from gitops.execution.events import TaskRunMarked
from gitops.execution.flowable import Flowable
from gitops.execution.holding import Holding
from gitops.execution.machine import agreements
from gitops.execution.machine.attempts import stop_work
from gitops.execution.machine.calls import restart_calls
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.pausing import go_on, unsettle_all
from gitops.execution.machine.recounting import recount
from gitops.execution.machine.task_runs import begin, open_flowable
from gitops.execution.state import Branch, Caller, State, TaskRun

_TO_REPEAT = frozenset({State.FAILED, State.KILLED, State.CANCELLED, State.RETRIED})


def restart(draft: Draft, caller: Caller | None) -> None:
    """Let what failed run again; without any failure nothing happens, or all of it for a caller, who waits for it."""
    if draft.state is State.PAUSED:
        _restart_paused(draft)
        return
    if not draft.execution.done:
        return
    if reopen_failed(draft) or (caller is not None and _reopen_all(draft)):
        draft.change(caller=caller or _nobody(draft.execution.caller))
        continue_restarted(draft)


def _restart_paused(draft: Draft) -> None:
    """Let what failed run again, and what is held be looked at anew; whoever called still waits for the end."""
    held = [run for run in draft.execution.in_order() if run.state is State.PAUSED]
    failed = _failed(draft)
    if not held and not failed:
        return
    if failed:
        above = {parent.id for run in failed for parent in _ancestors(draft, run)}
        _drop_endings(draft, {None, *above, *(run.id for run in failed)})
    for run in held:
        if draft.find(run.id) is not None:
            draft.put(run.reopen(State.RUNNING, draft.now))
    _reopen_each(draft, failed)
    _reopen_execution(draft)
    continue_restarted(draft)


def _reopen_all(draft: Draft) -> bool:
    """Forget everything that was done; nothing of it has failed."""
    for run in draft.execution.in_order():
        draft.remove(run.id)
    _reopen_execution(draft)
    return True


def _nobody(caller: Caller | None) -> Caller | None:
    """Who called has heard of the end already: a second end is told to no attempt of theirs."""
    return None if caller is None else replace(caller, attempt=0)


def reopen_failed(draft: Draft) -> bool:
    """Put what failed, and the execution, into RESTARTED; returns whether anything had failed."""
    failed = _failed(draft)
    if not failed:
        return False
    _drop_endings(draft)
    _reopen_each(draft, failed)
    _reopen_execution(draft)
    return True


def _reopen_each(draft: Draft, failed: Collection[TaskRun]) -> None:
    parents = {run.parent_id for run in failed}
    for run in failed:
        if draft.find(run.id) is not None:
            _reopen(draft, run, leads=run.id in parents)


def continue_restarted(draft: Draft) -> None:
    """Let a RESTARTED execution run: what is RESTARTED begins again, and every parent looks at its children."""
    draft.answer = draft.answer or draft.execution
    draft.move_execution(State.RUNNING)
    agreements.watch(draft)
    for before in draft.execution.in_order():
        run = draft.find(before.id)
        if run is None:
            continue
        # As it is by now: one that begins again may kill the execution.
        task = draft.task(run.id)
        if _begins_again(run) and isinstance(task, Calling):
            restart_calls(draft, run, task)
        elif _begins_again(run) and task is not None:
            begin(draft, run, task)
        elif run.state is State.RUNNING and run.progress is None and isinstance(task, Flowable):
            open_flowable(draft, run, task)
    unsettle_all(draft)


def _begins_again(run: TaskRun) -> bool:
    """Whether a task run was reopened just now; one that was so by an earlier restart waits for a worker already."""
    return run.state is State.RESTARTED and (not run.attempts or run.attempts[-1].state.ended)


def mark(draft: Draft, event: TaskRunMarked) -> None:
    """Say that a task run ended in a state, and go on from there."""
    run = draft.find(event.task_run_id)
    if run is None or not (draft.execution.done or draft.state is State.PAUSED):
        return
    if _is_ending(draft, run) or _is_held_by(draft, run.parent_id):
        return
    line = list(_ancestors(draft, run))
    above: set[str | None] = {None, *(parent.id for parent in line)}
    # What goes on beside it in a paused execution goes on as it is.
    _drop_endings(draft, above if draft.state is State.PAUSED else None)
    _stop_below(draft, run)
    draft.put(_ended_as(draft.run(run.id), draft, event.state))
    for parent in line:
        if parent.state.ended:
            draft.put(parent.reopen(State.RUNNING, draft.now))
    if draft.state is State.PAUSED:
        recount(draft, above)
        unsettle_all(draft)
        go_on(draft, asked=True)
    else:
        draft.change(caller=_nobody(draft.execution.caller))
        _reopen_execution(draft)
        continue_restarted(draft)


def _failed(draft: Draft) -> list[TaskRun]:
    """The task runs that led to the end of their parents, which come first: a failure that a parent allowed is none."""
    reached: set[str | None] = {None}
    found: list[TaskRun] = []
    for run in draft.execution.in_order():
        leads = run.parent_id in reached and run.branch is not Branch.AFTER
        failed = run.state in _TO_REPEAT
        if leads and (failed or not run.state.ended) and not _is_held_by(draft, run.parent_id):
            reached.add(run.id)
            found += [run] * failed
    return found


def _is_held_by(draft: Draft, parent_id: str | None) -> bool:
    return isinstance(draft.task(parent_id), Holding)


def _reopen(draft: Draft, run: TaskRun, *, leads: bool) -> None:
    task = draft.task(run.id)
    if isinstance(task, Flowable):
        again = replace(run.reopen(State.RUNNING, draft.now), message=None)
        draft.put(again if leads else replace(again, progress=None))
        if not leads:
            _remove_below(draft, {run.id})
    else:
        _remove_below(draft, {run.id})
        draft.put(replace(run.reopen(State.RESTARTED, draft.now), progress=None, message=None))


def _reopen_execution(draft: Draft) -> None:
    execution = draft.execution.reopen(State.RESTARTED, draft.now)
    number = execution.attempt_number + 1
    draft.execution = replace(execution, attempt_number=number, outputs=None, message=None, done=False)
    recount(draft)
    draft.answer = draft.execution


def _is_ending(draft: Draft, run: TaskRun) -> bool:
    """Whether it stands in a branch that follows `tasks`, and so runs again when the execution goes on."""
    return any(each.branch is not Branch.TASKS for each in (run, *_ancestors(draft, run)))


def _drop_endings(draft: Draft, of: Collection[str | None] | None = None) -> None:
    """Forget the runs of the branches that follow `tasks`, of some parents or of all, so that they run again."""
    runs = draft.execution.task_runs.values()
    endings = {run.id for run in runs if run.branch is not Branch.TASKS and (of is None or run.parent_id in of)}
    _remove_below(draft, endings)
    for id_ in endings:
        if (run := draft.find(id_)) is not None:
            _remove(draft, run)


def _remove_below(draft: Draft, parents: Collection[str]) -> None:
    below = set(parents)
    for run in draft.execution.in_order():
        if run.parent_id in below:
            below.add(run.id)
            _remove(draft, run)


def _remove(draft: Draft, run: TaskRun) -> None:
    if _is_worked_on(run):
        stop_work(draft, run)
    draft.remove(run.id)


def _is_worked_on(run: TaskRun) -> bool:
    return bool(run.attempts) and run.attempts[-1].state is State.RUNNING


def _stop_below(draft: Draft, marked: TaskRun) -> None:
    """Stop what works for a task run that is said to have ended, and end what lives in it."""
    below: set[str | None] = {marked.id}
    for run in draft.execution.in_order():
        if run.id in below or run.parent_id in below:
            below.add(run.id)
            if _is_worked_on(run):
                stop_work(draft, run)
            if run.id != marked.id and not run.state.ended:
                draft.put(_ended_as(run, draft, State.KILLED))


def _ended_as(run: TaskRun, draft: Draft, state: State) -> TaskRun:
    attempts = run.attempts
    if attempts:
        attempts = (*attempts[:-1], replace(attempts[-1], state=state, ended_at=attempts[-1].ended_at or draft.now))
    return replace(run.reopen(state, draft.now), attempts=attempts)


def _ancestors(draft: Draft, run: TaskRun) -> Iterable[TaskRun]:
    parent_id = run.parent_id
    while parent_id is not None:
        parent = draft.run(parent_id)
        yield parent
        parent_id = parent.parent_id
