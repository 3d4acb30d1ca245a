"""What must hold after every commit, whatever has happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from msgspec.structs import replace

from gitops.execution.calling import Calling
from gitops.execution.events import (
    AttemptStarted,
    Event,
    ForceRunAsked,
    RestartAsked,
    StateChanged,
    TaskRunMarked,
)
from gitops.execution.state import MOVES, Branch, Children, Execution, Progress, State, TaskRun
from gitops.execution.tree import FlowTree
from gitops.store.change import Change
from gitops.store.database import Connection
from gitops.store.store import Store

_BEGUN = {State.RUNNING, State.PAUSED, State.RESTARTED, State.RETRYING, State.KILLING}
_WISHES = RestartAsked | TaskRunMarked | StateChanged
_PASSES_BY = ForceRunAsked | RestartAsked | TaskRunMarked


class Violation(AssertionError):
    """Something does not hold that must."""


def require(holds: object, message: str) -> None:
    """Raise Violation unless it holds."""
    if not holds:
        raise Violation(message)


class Watch:
    """Sees every committed change of every execution, and looks at the store after it.

    `let_in` are the executions that somebody let begin whatever the limit of their flow is.
    """

    def __init__(self, flows: dict[str, FlowTree]) -> None:
        self.known: dict[str, Execution] = {}
        self.news: list[tuple[str, Event]] = []
        self._claims: Counter[tuple[str, int, int]] = Counter()
        self._made: Counter[str] = Counter()
        self.let_in: set[str] = set()
        self._flows = flows
        self._written: list[Change] = []
        self._history: dict[str, list[str]] = {}

    def note(self, changes: Iterable[Change]) -> None:
        """These are being written."""
        self._written.extend(changes)

    def forget(self) -> None:
        """What was being written was not."""
        self._written.clear()

    def committed(self, store: Store) -> None:
        """Look at everything that was just committed."""
        changes, self._written = self._written, []
        for change in changes:
            self._look_at_change(change)
        ids = {change.after.id: None for change in changes}
        with store.database.read() as connection:
            for id_ in ids:
                self._look_at_record(connection, store, self.known[id_])
        if changes:
            self._look_at_limits()

    def deleted(self, execution_id: str) -> None:
        """An operator has deleted an execution."""
        self.known.pop(execution_id, None)
        self._history.pop(execution_id, None)

    # One change

    def _look_at_change(self, change: Change) -> None:
        before, after = self.known.get(change.after.id), change.after
        require((before is None) == (change.before is None), f"{after.id} was accepted twice, or changed before that")
        events = [event for _, event in change.events]
        for id_ in change.moved:
            self._made[id_] += before is None or id_ not in before.task_runs or id_ in change.removed
        self._count_claims(events)
        if before is not None:
            _look_at_ended_runs(before, after, events)
        if before is not None and before.state.ended:
            _look_at_ended(before, after, events)
        if (before is None and _was_begun(after)) or any(isinstance(each, _PASSES_BY) for each in events):
            self.let_in.add(after.id)
        self.known[after.id] = after
        self._history.setdefault(after.id, []).extend(type(event).__name__ for event in events)
        self.news.extend((after.id, event) for event in events)

    def _count_claims(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, AttemptStarted):
                claim = (event.task_run_id, self._made[event.task_run_id], event.attempt)
                self._claims[claim] += 1
                require(self._claims[claim] == 1, f"the attempt {claim} was claimed twice")

    # The record

    def _look_at_record(self, connection: Connection, store: Store, execution: Execution) -> None:
        stored = store.executions.load(connection, execution.id)
        require(stored is not None, f"{execution.id} is not in the store")
        assert stored is not None
        _compare(execution, stored)
        history = [entry.name for entry in store.executions.history(connection, execution.id)]
        require(history == self._history[execution.id], f"history of {execution.id}: {history}")
        flow = self._flows[execution.flow_id]
        look_at_execution(flow, execution)
        if execution.done:
            left = [timer for id_, timer in store.timers.due(connection) if id_ == execution.id]
            require(not left, f"{execution.id} is done and has timers: {left}")
        self._look_at_calls(flow, execution)

    def _look_at_calls(self, flow: FlowTree, execution: Execution) -> None:
        for child in self.known.values():
            caller = child.caller
            if caller is None or caller.execution_id != execution.id or child.state.ended:
                continue
            run = execution.task_runs.get(caller.task_run_id)
            left = run is None or len(run.attempts) != caller.attempt
            task = None if run is None else flow.task(run.task_id)
            if left or run is None or not isinstance(task, Calling):
                continue
            ended_by_itself = run.state in (State.SUCCESS, State.WARNING, State.FAILED)
            early = any(moment.state is State.KILLING for moment in execution.moments) or execution.progress.exit
            marked = "TaskRunMarked" in self._history[execution.id]
            if ended_by_itself and not early and not marked:
                raise Violation(f"task run {run.id} of `{run.task_id}` ended {run.state} before {child.id}")

    def _look_at_limits(self) -> None:
        for flow_id, tree in self._flows.items():
            limit = tree.flow.concurrency
            begun = [each.id for each in self.known.values() if each.flow_id == flow_id and each.state in _BEGUN]
            counted = [id_ for id_ in begun if id_ not in self.let_in]
            require(limit is None or len(counted) <= limit.limit, f"{len(counted)} executions of {flow_id} run")


def _look_at_ended_runs(before: Execution, after: Execution, events: list[Event]) -> None:
    """What has ended stays as it is, or is forgotten as a whole, unless an operator wishes otherwise."""
    if any(isinstance(event, _WISHES) for event in events):
        return
    for id_, run in before.task_runs.items():
        now = after.task_runs.get(id_)
        same = now is None or (now.state, now.attempts, now.moments) == (run.state, run.attempts, run.moments)
        made_anew = now is not None and now.sequence != run.sequence
        require(not run.state.ended or same or made_anew, f"task run {id_} had ended: {run}; now {now}")


def _look_at_ended(before: Execution, after: Execution, events: list[Event]) -> None:
    wished = any(isinstance(event, _WISHES) for event in events)
    moved = after.moments[: len(before.moments)] != before.moments or len(after.moments) != len(before.moments)
    require(wished or not moved, f"{after.id} had ended {before.state} and is {after.state} after {events}")
    for id_, run in before.task_runs.items():
        now = after.task_runs.get(id_)
        if run.branch is not Branch.AFTER and not wished:
            in_after = _is_after(before, run)
            require(in_after or now == run, f"task run {id_} moved after the end of its execution: {run} {now}")


def _was_begun(execution: Execution) -> bool:
    """Whether a new execution goes on from where another one was: nobody asks whether there is a place for it."""
    return any(moment.state is State.RESTARTED for moment in execution.moments)


def _is_after(execution: Execution, run: TaskRun) -> bool:
    while run.parent_id is not None:
        run = execution.task_runs[run.parent_id]
    return run.branch is Branch.AFTER


def _compare(live: Execution, stored: Execution) -> None:
    """Reading it back gives what is in memory; places of task runs that are gone need not be remembered."""
    stored = replace(stored, next_sequence=live.next_sequence)
    if stored == live:
        return
    for id_ in {**live.task_runs, **stored.task_runs}:
        one, other = live.task_runs.get(id_), stored.task_runs.get(id_)
        require(one == other, f"task run {id_}\n  in memory: {one}\n  stored:    {other}")
    raise Violation(f"execution\n  in memory: {live}\n  stored:    {stored}")


def look_at_execution(flow: FlowTree, execution: Execution) -> None:
    """What must hold inside one execution."""
    runs = execution.in_order()
    name = f"execution {execution.id} ({execution.state})"
    require(execution.moments[-1].state is execution.state, f"{name} has moments {execution.moments}")
    require(len({run.sequence for run in runs}) == len(runs), f"{name}: two task runs have the same place")
    require(execution.paused == sum(run.state is State.PAUSED for run in runs), f"{name}: paused {execution.paused}")
    require(not execution.done or execution.state.ended, f"{name} is done")
    may_pause = execution.state is State.PAUSED or (execution.state.ended and not execution.done)
    require(not execution.paused or may_pause, f"{name} has paused task runs")
    for run in runs:
        _look_at_run(execution, run)
        if execution.done or (execution.state.ended and not _is_after(execution, run)):
            require(run.state.ended, f"{name} has ended, and its task run `{run.task_id}` is {run.state}")
    if not execution.done:
        for parent_id in (None, *(run.id for run in runs if run.progress is not None and not run.state.ended)):
            _look_at_counts(flow, execution, parent_id)


def _look_at_run(execution: Execution, run: TaskRun) -> None:
    name = f"task run {run.id} of `{run.task_id}` ({run.state})"
    states = [moment.state for moment in run.moments]
    require(states[-1] is run.state, f"{name} has moments {states}")
    for earlier, later in pairwise(states):
        require(later in MOVES[earlier] or earlier.ended or later.ended, f"{name}: {earlier} to {later}")
    require([each.number for each in run.attempts] == list(range(1, len(run.attempts) + 1)), f"{name}: {run.attempts}")
    live = [each.number for each in run.attempts if not each.state.ended]
    require(live in ([], [len(run.attempts)]), f"{name} has live attempts {live}")
    require(not (live and run.state.ended), f"{name} has ended, not its attempt {live}")
    if run.parent_id is not None:
        parent = execution.task_runs.get(run.parent_id)
        require(parent is not None, f"{name} has no parent {run.parent_id}")
        assert parent is not None
        orphan = parent.state.ended and not run.state.ended
        require(not orphan, f"{name} lives in `{parent.task_id}`, which is {parent.state}")


def _look_at_counts(flow: FlowTree, execution: Execution, parent_id: str | None) -> None:
    parent = None if parent_id is None else execution.task_runs[parent_id]
    progress = execution.progress if parent is None else parent.progress
    task = None if parent is None else flow.task(parent.task_id)
    if isinstance(task, Calling):
        return
    assert isinstance(progress, Progress)
    runs = [run for run in execution.in_order() if (run.parent_id, run.branch) == (parent_id, progress.branch)]
    live = sum(not run.state.ended for run in runs)
    name = "the execution" if parent is None else f"task run {parent.id} of `{parent.task_id}`"
    require(live == progress.children.live, f"{name} counts {progress.children}, and {live} children live")
    counted = Children(created=progress.children.created)
    require(counted.created <= len(runs), f"{name} counts {progress.children}, and there are {len(runs)}")
