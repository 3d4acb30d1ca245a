"""Attempts: they are asked for, they begin, succeed, fail or are lost, and a failed one may be followed by another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from gitops.execution.calling import Calling
from gitops.execution.effects import CancelAttempt, KillChildren, Purpose, SetTimer, StartAttempt, StartOver
from gitops.execution.events import AttemptFailed, AttemptLost, AttemptStarted, AttemptSucceeded
from gitops.execution.holding import Holding
from gitops.execution.machine.branches import leave
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.state import Attempt, Branch, Children, Progress, State, TaskRun, worst

LOST_LIMIT = 3
"""How many attempts of one task run may vanish before it fails: a task must not take its worker down forever."""

_LOST = "the worker was lost"


def ask(draft: Draft, task_run: TaskRun) -> None:
    """Ask for the next attempt of a task run."""
    number = len(task_run.attempts) + 1
    draft.put(replace(task_run, attempts=(*task_run.attempts, Attempt(number))))
    if not is_held(draft, task_run):
        draft.effects.append(StartAttempt(task_run.id, number))


def is_held(draft: Draft, task_run: TaskRun) -> bool:
    """Whether the worker of the task that holds this one runs it, so that nobody else may."""
    return task_run.task_id in draft.flow.held and task_run.branch is Branch.TASKS


def report(
    draft: Draft, task_run_id: str, attempt: int, apply: Callable[[TaskRun], None], began: datetime | None = None
) -> None:
    """Apply news about an attempt when it is the task run's last one and has not ended; else the news is old."""
    task_run = draft.find(task_run_id)
    if task_run is None or task_run.state.ended or not task_run.attempts:
        return
    last = task_run.attempts[-1]
    if last.number == attempt and not last.state.ended and began in (None, last.started_at):
        apply(task_run)


def start(draft: Draft, event: AttemptStarted) -> None:
    """A worker claims the attempt."""
    report(draft, event.task_run_id, event.attempt, lambda task_run: _started(draft, task_run))


def succeed(draft: Draft, event: AttemptSucceeded) -> None:
    """The work is done."""
    report(draft, event.task_run_id, event.attempt, lambda task_run: _succeeded(draft, task_run, event), event.began)


def fail(draft: Draft, event: AttemptFailed) -> None:
    """The work failed; another attempt may follow."""
    report(draft, event.task_run_id, event.attempt, lambda task_run: _failed(draft, task_run, event), event.began)


def lose(draft: Draft, event: AttemptLost) -> None:
    """The worker vanished: the work is done again, unless that happened too often. Calls have no worker."""
    run = draft.find(event.task_run_id)
    if run is None or isinstance(draft.task(run.id), Calling):
        return
    report(draft, event.task_run_id, event.attempt, lambda task_run: _lost(draft, task_run))


def _started(draft: Draft, task_run: TaskRun) -> None:
    if task_run.state not in (State.CREATED, State.RETRYING, State.RESTARTED):
        return
    attempt = replace(task_run.attempts[-1], state=State.RUNNING, started_at=draft.now)
    begun = replace(task_run.move(State.RUNNING, draft.now), attempts=(*task_run.attempts[:-1], attempt))
    if isinstance(draft.task(task_run.id), Holding):
        _drop_children(draft, task_run)
        begun = replace(begun, progress=Progress())
    draft.put(begun)
    if draft.state is State.RETRYING:
        draft.move_execution(State.RUNNING)


def _succeeded(draft: Draft, task_run: TaskRun, event: AttemptSucceeded) -> None:
    if task_run.state is State.KILLING:
        ended = end_attempt(draft, task_run, State.KILLED, outputs=event.outputs)
        _finish(draft, ended, _ending(draft))
        return
    policy = draft.flow.retry(task_run.task_id)
    warned = policy is not None and policy.warning_on_retry and _tries(task_run) > 1
    state = State.WARNING if warned else event.state
    _finish(draft, end_attempt(draft, task_run, state, outputs=event.outputs), state)


def _failed(draft: Draft, task_run: TaskRun, event: AttemptFailed) -> None:
    _end_children(draft, task_run)
    task_run = draft.run(task_run.id)
    killed = task_run.state is State.KILLING
    result = State.KILLED if killed else State.FAILED
    ended = end_attempt(draft, task_run, result, outputs=event.outputs, message=event.message)
    # Once somebody has ended the execution early, nothing is tried again.
    date = None if killed or draft.is_leaving(task_run.id) else _retry_date(draft, ended)
    if date is None:
        _finish(draft, ended, _ending(draft) if killed else result, message=event.message)
    elif _starts_over(draft, task_run):
        start_over(draft, ended, date)
    else:
        _wait(draft, ended, date)


def _lost(draft: Draft, task_run: TaskRun) -> None:
    _drop_children(draft, task_run)
    task_run = draft.run(task_run.id)
    if task_run.state is State.KILLING:
        ended = end_attempt(draft, task_run, State.KILLED, message=_LOST)
        _finish(draft, ended, _ending(draft), message=_LOST)
        return
    ended = end_attempt(draft, task_run, State.FAILED, message=_LOST, lost=True)
    if sum(attempt.lost for attempt in _since_restart(ended)) == LOST_LIMIT:
        _finish(draft, ended, State.FAILED, message=f"{_LOST} {LOST_LIMIT} times")
    else:
        # The task itself has not failed: no wait, and the retry is not used up.
        ask(draft, ended.move(State.RETRYING, draft.now) if ended.state is State.RUNNING else ended)


def _ending(draft: Draft) -> State:
    """What a task run that is being killed ends in."""
    return draft.progress(None).exit or State.KILLED if draft.state is State.KILLING else State.KILLED


def _finish(draft: Draft, task_run: TaskRun, result: State, *, message: str | None = None) -> None:
    """End the task run; one that holds others goes on with the branches that follow them first."""
    if not isinstance(draft.task(task_run.id), Holding) or task_run.progress is None or result is State.KILLED:
        end(draft, task_run, result, message=message, told=True)
        return
    draft.put(replace(task_run, message=message))
    leave(draft, task_run.id, worst(result, task_run.progress.children.worst))


def _drop_children(draft: Draft, task_run: TaskRun) -> None:
    """Forget what a task that holds others had done: it begins anew, in a new folder."""
    for child in (children := _held_by(draft, task_run)):
        draft.remove(child.id)
    if children:
        draft.set_children(task_run.id, Children())


def _end_children(draft: Draft, task_run: TaskRun) -> None:
    """Stop what a task holds: its attempt is over, and that attempt ran them. It does not fail because of that."""
    before = draft.progress(task_run.id).children.worst
    live = [child for child in _held_by(draft, task_run) if not child.state.ended]
    for child in live:
        end(draft, _without_live_attempt(draft, child), State.KILLED)
    if live:
        draft.set_children(task_run.id, replace(draft.progress(task_run.id).children, worst=before))


def _without_live_attempt(draft: Draft, task_run: TaskRun) -> TaskRun:
    if task_run.attempts[-1].state.ended:
        return task_run
    draft.effects.append(CancelAttempt(task_run.id, len(task_run.attempts)))
    return end_attempt(draft, task_run, State.KILLED)


def _held_by(draft: Draft, task_run: TaskRun) -> list[TaskRun]:
    """The children of a task that holds them on its worker; none once it is past that."""
    progress = task_run.progress
    if progress is None or progress.branch is not Branch.TASKS or not isinstance(draft.task(task_run.id), Holding):
        return []
    return [run for run in draft.execution.task_runs.values() if run.parent_id == task_run.id]


def stop_work(draft: Draft, task_run: TaskRun) -> None:
    """Stop the worker of a task run, or the executions that it waits for; nobody waits for their end."""
    if isinstance(draft.task(task_run.id), Calling):
        draft.effects.append(KillChildren(task_run.id))
    else:
        draft.effects.append(CancelAttempt(task_run.id, len(task_run.attempts)))


def end_attempt(
    draft: Draft,
    task_run: TaskRun,
    state: State,
    *,
    outputs: Mapping[str, object] | None = None,
    message: str | None = None,
    lost: bool = False,
) -> TaskRun:
    """The task run with its last attempt ended."""
    last = task_run.attempts[-1]
    started = last.started_at or draft.now
    attempt = replace(last, state=state, started_at=started, ended_at=draft.now, message=message, lost=lost)
    kept = dict(outputs) if outputs else task_run.outputs
    return replace(task_run, attempts=(*task_run.attempts[:-1], attempt), outputs=kept)


def _retry_date(draft: Draft, task_run: TaskRun) -> datetime | None:
    policy = draft.flow.retry(task_run.task_id)
    if policy is None:
        return None
    if _starts_over(draft, task_run):
        execution = draft.execution
        tries, first = execution.attempt_number, execution.original_created_at or execution.created_at
    else:
        tries, first = _tries(task_run), _since_restart(task_run)[0].started_at or draft.now
    return policy.next_date(tries, first=first, now=draft.now, chance=draft.chance)


def _starts_over(draft: Draft, task_run: TaskRun) -> bool:
    """Whether a new execution is what follows; what runs after the end of one is tried again in it."""
    policy = draft.flow.retry(task_run.task_id)
    return policy is not None and policy.behavior == "CREATE_NEW_EXECUTION" and not draft.state.ended


def _wait(draft: Draft, task_run: TaskRun, date: datetime) -> None:
    started = task_run if task_run.state is State.RUNNING else task_run.move(State.RUNNING, draft.now)
    draft.put(started.move(State.RETRYING, draft.now))
    draft.effects.append(SetTimer(date, Purpose.RETRY, task_run.id, len(task_run.attempts)))
    if draft.state is State.RUNNING:
        draft.move_execution(State.RETRYING)


def start_over(draft: Draft, failed: TaskRun, date: datetime) -> None:
    """End everything in favour of a new execution of the flow: what led to the failure as RETRIED."""
    line = {failed.id}
    parent = failed.parent_id
    while parent is not None:
        line.add(parent)
        parent = draft.run(parent).parent_id
    draft.put(failed)
    for task_run in draft.execution.in_order():
        if not task_run.state.ended:
            _give_up(draft, task_run, State.RETRIED if task_run.id in line else State.KILLED)
    draft.unsettled.clear()
    draft.move_execution(State.RETRIED)
    draft.change(done=True)
    draft.effects.append(StartOver(date))


def _give_up(draft: Draft, task_run: TaskRun, state: State) -> None:
    if task_run.attempts and not task_run.attempts[-1].state.ended:
        stop_work(draft, task_run)
        task_run = end_attempt(draft, task_run, state)
    draft.put(task_run.reopen(state, draft.now))


def _tries(task_run: TaskRun) -> int:
    """Attempts that count for the retry: lost ones do not."""
    return sum(not attempt.lost for attempt in _since_restart(task_run))


def _since_restart(task_run: TaskRun) -> Sequence[Attempt]:
    """The attempts since somebody let the task run begin again: a restart has all of its retries."""
    restarted = next((each.at for each in reversed(task_run.moments) if each.state is State.RESTARTED), None)
    if restarted is None:
        return task_run.attempts
    return [each for each in task_run.attempts if each.started_at is None or each.started_at >= restarted]
