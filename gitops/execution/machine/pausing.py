"""Pauses: a flowable holds the execution, somebody pauses it as a whole, and both go on again."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gitops.execution.effects import Purpose, SetTimer
from gitops.execution.events import ResumeAsked
from gitops.execution.flowable import Again, Behavior, Flowable, Hold
from gitops.execution.holding import Holding
from gitops.execution.machine.branches import leave
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.exiting import end_with, stop_with
from gitops.execution.machine.family import FamilyNow
from gitops.execution.machine.killing import kill
from gitops.execution.state import Branch, Children, State, TaskRun

_RESULTS = {Behavior.WARN: State.WARNING, Behavior.FAIL: State.FAILED, Behavior.CANCEL: State.CANCELLED}
_EXPIRED = "EXPIRED"


def hold(draft: Draft, task_run_id: str, order: Hold) -> None:
    """Pause a flowable, and the execution with it, until it is resumed or its time is over."""
    number = _pause(draft, task_run_id)
    decision = {**(draft.run(task_run_id).decision or {}), "behavior": order.behavior.value}
    draft.put(replace(draft.run(task_run_id), decision=decision))
    if order.duration is not None:
        draft.effects.append(SetTimer(draft.now + order.duration, Purpose.RESUME, task_run_id, number))
    if order.timeout is not None:
        draft.effects.append(SetTimer(draft.now + order.timeout, Purpose.TIMEOUT, task_run_id, number))


def wait_for_next_iteration(draft: Draft, task_run_id: str, order: Again) -> None:
    """Pause a flowable between two iterations.

    There is a timer even for a wait of nothing: iterations that hold no work would follow each other without an end.
    """
    number = _pause(draft, task_run_id)
    draft.effects.append(SetTimer(draft.now + order.wait, Purpose.LOOP, task_run_id, number))


def next_iteration(draft: Draft, task_run_id: str, number: int) -> None:
    """The wait between two iterations is over."""
    if _waits(draft, task_run_id, number):
        draft.put(draft.run(task_run_id).move(State.RUNNING, draft.now))
        _iterate(draft, task_run_id)
        go_on(draft)


def time_over(draft: Draft, task_run_id: str, number: int, *, failed: bool) -> None:
    """A flowable was held for as long as it may be."""
    if not _waits(draft, task_run_id, number):
        return
    run = draft.run(task_run_id)
    behavior = Behavior.FAIL if failed else Behavior(str((run.decision or {}).get("behavior", "RESUME")))
    if behavior is Behavior.KILL:
        kill(draft, cascade=True)
        return
    if behavior is Behavior.SUCCEED:
        end_with(draft, task_run_id, State.SUCCESS)
    _let_go(draft, draft.run(task_run_id), {}, to=_RESULTS.get(behavior, State.SUCCESS), answer=_EXPIRED)
    if behavior is Behavior.CANCEL:
        stop_with(draft, State.CANCELLED)
    else:
        go_on(draft)


def resume(draft: Draft, event: ResumeAsked) -> None:
    """Let what is paused go on."""
    # What runs after the end of an execution may pause too.
    if draft.state is not State.PAUSED and not draft.paused:
        return
    given = {"inputs": event.inputs, "by": event.by, "comment": event.comment, "decision": event.decision}
    for run in _paused(draft, event.task_run_id):
        _let_go(draft, run, given, to=State.SUCCESS, answer=event.decision)
    go_on(draft, asked=True)


def pause(draft: Draft) -> None:
    """Somebody wants that nothing new begins."""
    if draft.state is State.RUNNING:
        draft.move_execution(State.PAUSED)


def go_on(draft: Draft, *, asked: bool = False) -> None:
    """Let the execution run again once nothing in it is paused any more."""
    if draft.state is not State.PAUSED or draft.paused:
        return
    draft.move_execution(State.RESTARTED)
    draft.answer = draft.execution
    draft.move_execution(State.RUNNING)
    if asked:
        unsettle_all(draft)


def unsettle_all(draft: Draft) -> None:
    """Let every parent be looked at: each is told of all its children that have ended."""
    ended: dict[str | None, list[TaskRun]] = {}
    draft.unsettle(None)
    for run in draft.execution.in_order():
        if run.progress is not None and run.state is State.RUNNING:
            draft.unsettle(run.id)
        if run.state.ended:
            ended.setdefault(run.parent_id, []).append(run)
    draft.ended.update(ended)


def _paused(draft: Draft, task_run_id: str | None) -> list[TaskRun]:
    if not draft.paused:
        return []
    runs = draft.execution.in_order() if task_run_id is None else [draft.run(task_run_id)]
    return [run for run in runs if run.state is State.PAUSED]


def _waits(draft: Draft, task_run_id: str, number: int) -> bool:
    run = draft.find(task_run_id)
    return run is not None and run.state is State.PAUSED and len(run.moments) == number


def _pause(draft: Draft, task_run_id: str) -> int:
    """Pause a flowable; returns the number that tells this wait from all others of the task run."""
    paused = draft.run(task_run_id).move(State.PAUSED, draft.now)
    draft.put(paused)
    if draft.state in (State.RUNNING, State.RETRYING):
        draft.move_execution(State.PAUSED)
    return len(paused.moments)


def _iterate(draft: Draft, task_run_id: str) -> None:
    """Forget the children of the last iteration and begin the next one."""
    for child in _descendants(draft, task_run_id):
        draft.remove(child.id)
    _begin_phase(draft, task_run_id)


def _descendants(draft: Draft, task_run_id: str) -> list[TaskRun]:
    """All task runs below one; parents were created before their children."""
    below = {task_run_id}
    found = []
    for run in draft.execution.in_order():
        if run.parent_id in below:
            below.add(run.id)
            found.append(run)
    return found


def _let_go(draft: Draft, run: TaskRun, given: Mapping[str, object], *, to: State, answer: str | None) -> None:
    """End the wait of a flowable: its next tasks run, or it ends in `to`. The `answer` is kept in its decision."""
    task, progress = draft.task(run.id), draft.progress(run.id)
    assert isinstance(task, Flowable)  # noqa: S101 - only flowables are held
    family = FamilyNow.of(draft, run.id)
    outputs = {**(run.outputs or {}), **task.accept(family, given, to=to, now=draft.now)}
    known = {key: value for key, value in (run.decision or {}).items() if key != "answer"}
    decision = {**known, **({"answer": answer} if answer else {})}
    draft.put(replace(run, outputs=outputs or None, decision=decision or None))
    follows = bool(task.chosen(decision, progress.cursor + 1)) or (task.DECIDED and bool(given))
    if to is State.SUCCESS and follows:
        draft.put(draft.run(run.id).move(State.RUNNING, draft.now))
        (_iterate if task.LOOP else _begin_phase)(draft, run.id)
    else:
        leave(draft, run.id, to)


def next_phase(draft: Draft, task_run_id: str, answer: str) -> None:
    """Let a flowable go on with the tasks of its next phase, without a wait."""
    run = draft.run(task_run_id)
    draft.put(replace(run, decision={**(run.decision or {}), "answer": answer}))
    _begin_phase(draft, task_run_id)


def _begin_phase(draft: Draft, task_run_id: str) -> None:
    progress = draft.progress(task_run_id)
    draft.set_progress(task_run_id, replace(progress, children=Children(), cursor=progress.cursor + 1))
    draft.unsettle(task_run_id)


def is_held_open(draft: Draft, run: TaskRun) -> bool:
    """Whether a task run still belongs to a worker that runs its children."""
    return isinstance(draft.task(run.id), Holding) and draft.progress(run.id).branch is Branch.TASKS
