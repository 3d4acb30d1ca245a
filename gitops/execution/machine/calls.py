"""Calls: a task run asks for executions of other flows, hears of them, and ends when they have ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from gitops.errors import GitopsError
from gitops.execution.calling import Call, Calling
from gitops.execution.effects import RestartChild, StartChild
from gitops.execution.events import AttemptFailed, AttemptSucceeded, ChildCreated, ChildEnded, ChildGone, ChildRefused
from gitops.execution.identity import task_run_id
from gitops.execution.machine.attempts import end_attempt, fail, succeed
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.state import Attempt, Caller, Progress, State, TaskRun

WINDOW = 100
"""How many executions are asked for at once: the next ones when these are created."""

_SYSTEM = "system."
_RESTARTS = "restarts"
_WORST_FIRST = (State.FAILED, State.KILLED, State.WARNING, State.PAUSED)


def open_calls(draft: Draft, task_run: TaskRun, task: Calling) -> None:
    """Begin a try of the calls: see how many there are, and ask for the first ones."""
    number = len(task_run.attempts) + 1
    attempt = Attempt(number, state=State.RUNNING, started_at=draft.now)
    again = draft.state is State.RETRYING
    draft.put(
        replace(task_run.move(State.RUNNING, draft.now), attempts=(*task_run.attempts, attempt), progress=Progress())
    )
    if again:
        draft.move_execution(State.RUNNING)
    try:
        items = task.items(lambda value: _render(draft, draft.run(task_run.id), task, value))
    except GitopsError as error:
        _fail(draft, task_run.id, str(error))
        return
    draft.put(replace(draft.run(task_run.id), decision={"items": list(items)}, outputs=None))
    if items:
        _ask(draft, task_run.id)
    else:
        succeed(draft, AttemptSucceeded(task_run.id, number))


def restart_calls(draft: Draft, task_run: TaskRun, task: Calling) -> None:
    """After a restart: restart what has not ended well, or call for everything again."""
    if not task.restarts_child or not task_run.outputs:
        open_calls(draft, task_run, task)
        return
    attempt = Attempt(len(task_run.attempts) + 1, state=State.RUNNING, started_at=draft.now)
    running = replace(task_run.move(State.RUNNING, draft.now), attempts=(*task_run.attempts, attempt))
    decision = {**(task_run.decision or {}), _RESTARTS: True}
    draft.put(replace(running, progress=Progress(), decision=decision, outputs=None))
    _ask(draft, task_run.id)


def created(draft: Draft, event: ChildCreated) -> None:
    """An execution was created: it is waited for, or that was all."""
    run = _current(draft, event.task_run_id, event.attempt)
    if run is None:
        return
    task = draft.task(run.id)
    assert isinstance(task, Calling)  # noqa: S101 - only calling tasks have calls
    if task.waits:
        _show(draft, run.id, task, {State.CREATED: 0, State.RUNNING: 1}, (event.child_id, None, None))
    else:
        _show(draft, run.id, task, {State.RUNNING: 0, State.SUCCESS: 1}, (event.child_id, event.state, None))
        _one_less(draft, run.id, State.SUCCESS)
    _go_on(draft, run.id, task)


def ended(draft: Draft, event: ChildEnded) -> None:
    """An execution that was waited for has ended."""
    run = _current(draft, event.task_run_id, event.attempt)
    if run is None:
        return
    task = draft.task(run.id)
    assert isinstance(task, Calling)  # noqa: S101 - only calling tasks have calls
    state = State.FAILED if event.problem else event.state
    shown = None if event.problem else event.state
    _show(draft, run.id, task, {State.RUNNING: -1, state: 1}, (event.child_id, shown, event.outputs))
    if event.problem:
        draft.log(run, event.problem)
    _one_less(draft, run.id, state)
    _go_on(draft, run.id, task, message=event.problem, refused=event.problem is not None)


def refused(draft: Draft, event: ChildRefused) -> None:
    """An execution cannot be created."""
    run = _current(draft, event.task_run_id, event.attempt)
    if run is None:
        return
    task = draft.task(run.id)
    assert isinstance(task, Calling)  # noqa: S101 - only calling tasks have calls
    draft.log(run, event.message)
    _show(draft, run.id, task, {State.FAILED: 1})
    _one_less(draft, run.id, State.FAILED)
    # No further ones: what is wrong with one call is wrong with all.
    progress = draft.progress(run.id)
    draft.set_progress(run.id, replace(progress, cursor=len(_items(run))))
    _go_on(draft, run.id, task, message=event.message, refused=True)


def call_anew(draft: Draft, event: ChildGone) -> None:
    """There is nothing to restart: another execution is asked for, in the same try."""
    run = _current(draft, event.task_run_id, event.attempt)
    if run is None:
        return
    task = draft.task(run.id)
    assert isinstance(task, Calling)  # noqa: S101 - only calling tasks have calls
    if run.state is State.KILLING:
        _one_less(draft, run.id, State.KILLED)
        _go_on(draft, run.id, task)
    else:
        _start(draft, run, task, event.index)


def _render(draft: Draft, run: TaskRun, task: Calling, value: object) -> object:
    """The value as the task sees it that calls, with the outputs of the task before it."""
    if task.before is None:
        return draft.render(run, value)
    before = draft.find(task_run_id(draft.execution.id, run.parent_id, task.before, run.iteration))
    return draft.render(run, value, {"before": before.outputs if before is not None else None})


def _current(draft: Draft, task_run_id: str, attempt: int) -> TaskRun | None:
    """The task run, when the news is about its try that has not ended."""
    run = draft.find(task_run_id)
    if run is None or run.state.ended or len(run.attempts) != attempt or run.attempts[-1].state.ended:
        return None
    return run


def _ask(draft: Draft, task_run_id: str) -> None:
    """Ask for as many executions as may be on their way at once."""
    run = draft.run(task_run_id)
    items, first = _items(run), draft.progress(task_run_id).cursor
    task = draft.task(task_run_id)
    assert isinstance(task, Calling)  # noqa: S101 - only calling tasks have calls
    for index in range(first, min(first + WINDOW, len(items))):
        if (run.decision or {}).get(_RESTARTS):
            draft.effects.append(RestartChild(_caller(draft, run, index)))
        elif not _start(draft, run, task, index):
            return
        progress = draft.progress(task_run_id)
        draft.set_progress(task_run_id, replace(progress, children=progress.children.with_created(), cursor=index + 1))


def _start(draft: Draft, run: TaskRun, task: Calling, index: int) -> bool:
    """Ask for one execution; False when that cannot be said, which has failed the task."""
    try:
        call = task.call(index, _items(run)[index], lambda more: lambda value: draft.render(run, value, more))
    except GitopsError as error:
        _fail(draft, run.id, str(error))
        return False
    draft.effects.append(_order(draft, run, task, index, call))
    return True


def _order(draft: Draft, run: TaskRun, task: Calling, index: int, call: Call) -> StartChild:
    return StartChild(
        caller=_caller(draft, run, index),
        namespace=call.namespace,
        flow_id=call.flow_id,
        revision=call.revision,
        inputs=call.inputs,
        labels=_labels(draft, call),
        schedule_date=call.schedule_date,
        wait=task.waits,
        task_type=task.type,
    )


def _caller(draft: Draft, run: TaskRun, index: int) -> Caller:
    return Caller(execution_id=draft.execution.id, task_run_id=run.id, attempt=len(run.attempts), index=index)


def _labels(draft: Draft, call: Call) -> tuple[tuple[str, str], ...]:
    own = draft.execution.labels
    handed_on = own if call.inherit_labels else tuple(label for label in own if label[0].startswith(_SYSTEM))
    return tuple({**dict(handed_on), **dict(call.labels)}.items())


def _items(run: TaskRun) -> Sequence[object]:
    items = (run.decision or {}).get("items", ())
    return items if isinstance(items, list | tuple) else ()


def _states(run: TaskRun) -> dict[str, int]:
    """How many executions of many are in each state; the task hands it out."""
    states = (run.outputs or {}).get("iterations")
    return dict(states) if isinstance(states, Mapping) else {}


def _show(
    draft: Draft,
    task_run_id: str,
    task: Calling,
    change: Mapping[State, int],
    news: tuple[str, State | None, Mapping[str, object] | None] | None = None,
) -> None:
    """Hand out what is known so far: of many calls how many are in each state, of one call what became of it."""
    run = draft.run(task_run_id)
    if len(_items(run)) == 1 and news is not None and (one := task.outputs_of(*news)) is not None:
        draft.put(replace(run, outputs=one))
        return
    states = _states(run)
    for state, more in change.items():
        states[state.value] = states.get(state.value, 0) + more
    many = task.outputs_when(states, lambda value: _render(draft, run, task, value))
    if many is not None:
        draft.put(replace(run, outputs={**many, "numberOfBatches": len(_items(run)), "iterations": states}))


def _one_less(draft: Draft, task_run_id: str, state: State) -> None:
    progress = draft.progress(task_run_id)
    draft.set_progress(task_run_id, replace(progress, children=progress.children.with_ended(state)))


def _go_on(draft: Draft, task_run_id: str, task: Calling, *, message: str | None = None, refused: bool = False) -> None:
    """Ask for more executions, or end when all have ended; what was `refused` fails the task in any case."""
    progress, run = draft.progress(task_run_id), draft.run(task_run_id)
    if run.state is State.KILLING:
        if not progress.children.live:
            end(draft, end_attempt(draft, run, State.KILLED), draft.progress(None).exit or State.KILLED)
        return
    total, states = len(_items(run)), _states(run)
    if progress.cursor < total:
        if sum(states.values()) >= progress.cursor:
            _ask(draft, task_run_id)
    elif not progress.children.live:
        transmits = task.transmits or refused
        _finish(draft, run, _result(progress, states) if transmits else State.SUCCESS, message)


def _result(progress: Progress, states: Mapping[str, int]) -> State:
    """What the ends of the executions mean for the task; one that was cancelled means nothing."""
    found = {state for state in _WORST_FIRST if states.get(state.value)} if states else {progress.children.worst}
    return next((state for state in _WORST_FIRST if state in found), State.SUCCESS)


def _finish(draft: Draft, run: TaskRun, result: State, message: str | None) -> None:
    number = len(run.attempts)
    if result is State.FAILED:
        words = message or "what was called has failed"
        fail(draft, AttemptFailed(run.id, number, words, run.outputs or {}))
    elif result is State.KILLED:
        end(draft, end_attempt(draft, run, State.KILLED), State.KILLED)
    else:
        succeed(draft, AttemptSucceeded(run.id, number, run.outputs or {}, result))


def _fail(draft: Draft, task_run_id: str, message: str) -> None:
    run = draft.run(task_run_id)
    draft.log(run, message)
    fail(draft, AttemptFailed(task_run_id, len(run.attempts), message))
