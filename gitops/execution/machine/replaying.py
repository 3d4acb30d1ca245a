"""A new execution made from an earlier one: from the start, from a task run, or with all that it had done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec.structs import replace
from rpds import HashTrieMap

from gitops.errors import Conflict, UnknownTaskRun
from gitops.execution.calling import Calling
from gitops.execution.flowable import Flowable
from gitops.execution.holding import Holding
from gitops.execution.identity import task_run_id
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.recounting import recount
from gitops.execution.machine.restarting import reopen_failed
from gitops.execution.state import Branch, Execution, Moment, Progress, State, TaskRun
from gitops.execution.tree import FlowTree


def from_start(
    execution: Execution, *, new_id: str, now: datetime, revision: int, inputs: Mapping[str, object] | None = None
) -> Execution:
    """The same inputs, or others, and nothing done yet."""
    return replace(
        _repeated(execution, new_id, now, revision),
        state=State.CREATED,
        moments=(Moment(State.CREATED, now),),
        inputs=execution.inputs if inputs is None else inputs,
        variables=None,
        progress=Progress(),
        attempt_number=1,
        paused=0,
        next_sequence=0,
        task_runs=HashTrieMap(),
    )


def from_task_run(
    flow: FlowTree,
    execution: Execution,
    task_run_id_: str,
    *,
    new_id: str,
    now: datetime,
    revision: int,
    inputs: Mapping[str, object] | None = None,
) -> Execution:
    """All that was done before a task run; the task run itself is RESTARTED, or RUNNING when it holds others."""
    chosen = execution.task_runs.get(task_run_id_)
    if chosen is None:
        words = f"No task found with the task run id {task_run_id_} in the execution {execution.id}"
        raise UnknownTaskRun(f"{words}; expected the id of one of its task runs")
    chosen = _beginning(flow, execution, chosen)
    dropped = _dropped(flow, execution, chosen)
    kept = [run for run in execution.in_order() if run.id not in dropped]
    copy, names = _copied(execution, kept, new_id=new_id, now=now, revision=revision)
    draft = _draft(flow, copy, now)
    _reopen(draft, draft.run(names[chosen.id]))
    draft.execution = replace(draft.execution.reopen(State.RESTARTED, now), done=False, outputs=None, message=None)
    recount(draft)
    return draft.execution if inputs is None else replace(draft.execution, inputs=inputs)


def _beginning(flow: FlowTree, execution: Execution, chosen: TaskRun) -> TaskRun:
    """Where a replay really begins: a task that runs its children itself begins anew; raises Conflict for endings."""
    line = _line(execution, chosen).values()
    if any(run.branch is not Branch.TASKS for run in line):
        words = f"`{chosen.task_id}` cannot be replayed"
        raise Conflict(f"{words}: only a task run of `tasks` can be replayed, found one of what follows them")
    return next((run for run in line if isinstance(flow.find(run.task_id), Holding)), chosen)


def with_failures_reopened(
    flow: FlowTree, execution: Execution, *, new_id: str, now: datetime, revision: int
) -> Execution | None:
    """All that was done; what failed is RESTARTED. None when nothing has failed. `flow` is that of the revision."""
    copy, _ = _copied(execution, execution.in_order(), new_id=new_id, now=now, revision=revision)
    for run in copy.task_runs.values():
        flow.task(run.task_id)
    draft = _draft(flow, copy, now)
    if not reopen_failed(draft):
        return None
    for run in draft.execution.in_order():
        if run.state is State.RESTARTED:
            draft.put(_without_call(draft, run))
    return draft.execution


def _without_call(draft: Draft, run: TaskRun) -> TaskRun:
    """What the earlier execution had called is its own: this one calls anew."""
    return replace(run, outputs=None) if isinstance(draft.task(run.id), Calling) else run


def _repeated(execution: Execution, new_id: str, now: datetime, revision: int) -> Execution:
    return replace(
        execution,
        id=new_id,
        revision=revision,
        created_at=now,
        parent_id=execution.id,
        original_id=execution.original_id or execution.id,
        caller=None,
        commit=None,
        schedule_date=None,
        outputs=None,
        message=None,
        done=False,
    )


def _draft(flow: FlowTree, execution: Execution, now: datetime) -> Draft:
    """A draft in which nothing is rendered."""
    return Draft(flow, execution, now=now, render=lambda _execution, _run, value, _more: value, chance=0.0)


def _copied(
    execution: Execution, kept: Collection[TaskRun], *, new_id: str, now: datetime, revision: int
) -> tuple[Execution, dict[str, str]]:
    """The execution under another id with these task runs under others, and the new ids by the old ones."""
    names: dict[str, str] = {}
    runs: dict[str, TaskRun] = {}
    for sequence, run in enumerate(kept):
        parent = names[run.parent_id] if run.parent_id else None
        name = names[run.id] = task_run_id(new_id, parent, run.task_id, run.iteration)
        runs[name] = replace(run, id=name, execution_id=new_id, parent_id=parent, sequence=sequence)
    copy = replace(
        _repeated(execution, new_id, now, revision),
        task_runs=HashTrieMap(runs),
        next_sequence=len(runs),
        paused=sum(run.state is State.PAUSED for run in runs.values()),
    )
    return copy, names


def _dropped(flow: FlowTree, execution: Execution, chosen: TaskRun) -> set[str]:
    """What is below the chosen task run, and what follows it or one of its parents, with all that is below that."""
    line = _line(execution, chosen)
    dropped = {chosen.id}
    for run in execution.in_order():
        if run.parent_id in dropped or (run.id not in line and _follows_one(flow, execution, line, run)):
            dropped.add(run.id)
    return dropped - {chosen.id}


def _line(execution: Execution, chosen: TaskRun) -> dict[str, TaskRun]:
    """The chosen task run and its parents."""
    line = {chosen.id: chosen}
    parent_id = chosen.parent_id
    while parent_id is not None:
        line[parent_id] = execution.task_runs[parent_id]
        parent_id = line[parent_id].parent_id
    return line


def _follows_one(flow: FlowTree, execution: Execution, line: Mapping[str, TaskRun], run: TaskRun) -> bool:
    before = next((each for each in line.values() if each.parent_id == run.parent_id), None)
    if before is None:
        return False
    if before.branch is not run.branch or run.parent_id is None:
        return run.sequence > before.sequence
    parent = flow.task(execution.task_runs[run.parent_id].task_id)
    return parent.follows(before, run) if isinstance(parent, Flowable) else run.sequence > before.sequence


def _reopen(draft: Draft, chosen: TaskRun) -> None:
    flowable = isinstance(draft.task(chosen.id), Flowable)
    state = State.RUNNING if flowable else State.RESTARTED
    draft.put(replace(_without_call(draft, chosen).reopen(state, draft.now), progress=None, message=None))
    parent_id = chosen.parent_id
    while parent_id is not None:
        parent = draft.run(parent_id)
        draft.put(parent.reopen(State.RUNNING, draft.now))
        parent_id = parent.parent_id
