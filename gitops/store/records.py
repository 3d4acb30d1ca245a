"""The engine's records as rows, and rows as records: a pure translation, exact in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, get_args

from rpds import HashTrieMap
from sqlalchemy import RowMapping

from gitops.execution.events import Event
from gitops.execution.state import (
    Attempt,
    Branch,
    Caller,
    Children,
    CommitReference,
    Execution,
    Moment,
    Progress,
    State,
    TaskRun,
    TriggeredBy,
)
from gitops.store.columns import instant_text
from gitops.store.database import Row

# What a task handed out stands in its task run; it may be large, and is not kept twice.
_EVENT_FIELDS = {
    kind: tuple(field.name for field in fields(kind) if field.compare and field.name != "outputs")
    for kind in get_args(Event)
}


def execution_row(execution: Execution) -> Row:
    """All columns of a new execution."""
    trigger, commit, caller = execution.trigger, execution.commit, execution.caller
    return {
        "id": execution.id,
        "namespace": execution.namespace,
        "flow_id": execution.flow_id,
        "revision": execution.revision,
        "created_at": execution.created_at,
        "inputs": execution.inputs,
        "trigger_id": None if trigger is None else trigger.id,
        "trigger_type": None if trigger is None else trigger.type,
        "trigger_variables": None if trigger is None else trigger.variables,
        "repository": None if commit is None else commit.repository,
        "commit_sha": None if commit is None else commit.sha,
        "parent_id": execution.parent_id,
        "original_id": execution.original_id,
        "original_created_at": execution.original_created_at,
        "schedule_date": execution.schedule_date,
        "caller_id": None if caller is None else caller.execution_id,
        "caller_task_run_id": None if caller is None else caller.task_run_id,
        "caller_index": None if caller is None else caller.index,
        **execution_words(execution),
        **execution_moves(execution),
    }


def execution_words(execution: Execution) -> Row:
    """The columns that seldom change."""
    return {"labels": execution.labels, "variables": execution.variables}


def execution_moves(execution: Execution) -> Row:
    """The columns that change as an execution moves."""
    return {
        "state": execution.state.value,
        "ended_at": _ended_at(execution.state, execution.moments),
        "done": execution.done,
        "moments": _moments(execution.moments),
        "outputs": execution.outputs,
        "message": execution.message,
        "attempt_number": execution.attempt_number,
        "caller_attempt": None if execution.caller is None else execution.caller.attempt,
        "progress": _progress(execution.progress),
    }


def task_run_row(task_run: TaskRun) -> Row:
    """All columns of a new task run."""
    return {
        "id": task_run.id,
        "execution_id": task_run.execution_id,
        "task_id": task_run.task_id,
        "sequence": task_run.sequence,
        "branch": task_run.branch.value,
        "parent_id": task_run.parent_id,
        "value": task_run.value,
        "iteration": task_run.iteration,
        "decision": task_run.decision,
        **task_run_moves(task_run),
    }


def task_run_moves(task_run: TaskRun) -> Row:
    """The columns that change as a task run moves."""
    return {
        "state": task_run.state.value,
        "ended_at": _ended_at(task_run.state, task_run.moments),
        "moments": _moments(task_run.moments),
        "outputs": task_run.outputs,
        "message": task_run.message,
        "progress": None if task_run.progress is None else _progress(task_run.progress),
    }


def attempt_row(task_run_id: str, attempt: Attempt) -> Row:
    """All columns of an attempt."""
    return {
        "task_run_id": task_run_id,
        "number": attempt.number,
        "state": attempt.state.value,
        "started_at": attempt.started_at,
        "ended_at": attempt.ended_at,
        "message": attempt.message,
        "lost": attempt.lost,
    }


def history_row(execution_id: str, at: datetime, event: Event) -> Row:
    """All columns of an entry of the history."""
    kind = type(event)
    document = {name: getattr(event, name) for name in _EVENT_FIELDS[kind]}
    return {"execution_id": execution_id, "name": kind.__name__, "event": document, "at": at}


def read_execution(row: RowMapping, task_runs: Iterable[TaskRun] = ()) -> Execution:
    """An execution from its row."""
    runs = {task_run.id: task_run for task_run in task_runs}
    return Execution(
        id=row["id"],
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        revision=row["revision"],
        created_at=row["created_at"],
        state=State(row["state"]),
        moments=_read_moments(row["moments"]),
        inputs=row["inputs"],
        outputs=row["outputs"],
        labels=tuple((key, value) for key, value in row["labels"]),
        variables=row["variables"],
        trigger=_read_trigger(row),
        commit=_read_commit(row),
        parent_id=row["parent_id"],
        original_id=row["original_id"],
        original_created_at=row["original_created_at"],
        attempt_number=row["attempt_number"],
        schedule_date=row["schedule_date"],
        caller=_read_caller(row),
        message=row["message"],
        progress=_read_progress(row["progress"]),
        done=row["done"],
        paused=sum(run.state is State.PAUSED for run in runs.values()),
        next_sequence=max((run.sequence + 1 for run in runs.values()), default=0),
        task_runs=HashTrieMap(runs),
    )


def read_task_run(row: RowMapping, attempts: Iterable[Attempt]) -> TaskRun:
    """A task run from its row and its attempts in order."""
    return TaskRun(
        id=row["id"],
        execution_id=row["execution_id"],
        task_id=row["task_id"],
        sequence=row["sequence"],
        branch=Branch(row["branch"]),
        parent_id=row["parent_id"],
        value=row["value"],
        iteration=row["iteration"],
        state=State(row["state"]),
        moments=_read_moments(row["moments"]),
        attempts=tuple(attempts),
        outputs=row["outputs"],
        message=row["message"],
        progress=None if row["progress"] is None else _read_progress(row["progress"]),
        decision=row["decision"],
    )


def read_attempt(row: RowMapping) -> Attempt:
    """An attempt from its row."""
    return Attempt(
        number=row["number"],
        state=State(row["state"]),
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        message=row["message"],
        lost=row["lost"],
    )


def _ended_at(state: State, moments: tuple[Moment, ...]) -> datetime | None:
    return moments[-1].at if state.ended and moments else None


def _moments(moments: tuple[Moment, ...]) -> list[tuple[str, str]]:
    return [(moment.state.value, instant_text(moment.at)) for moment in moments]


def _read_moments(moments: Iterable[tuple[str, str]]) -> tuple[Moment, ...]:
    return tuple(Moment(State(state), datetime.fromisoformat(at)) for state, at in moments)


def _progress(progress: Progress) -> Mapping[str, object]:
    children = progress.children
    return {
        "branch": progress.branch.value,
        "outcome": progress.outcome.value,
        "created": children.created,
        "live": children.live,
        "failed": children.failed,
        "worst": children.worst.value,
        "cursor": progress.cursor,
        "exit": None if progress.exit is None else progress.exit.value,
        "leaving": progress.leaving,
    }


def _read_progress(document: Mapping[str, Any]) -> Progress:
    return Progress(
        branch=Branch(document["branch"]),
        outcome=State(document["outcome"]),
        cursor=document.get("cursor", 0),
        exit=State(document["exit"]) if document.get("exit") else None,
        leaving=document.get("leaving", False),
        children=Children(
            created=document["created"],
            live=document["live"],
            failed=document["failed"],
            worst=State(document["worst"]),
        ),
    )


def _read_trigger(row: RowMapping) -> TriggeredBy | None:
    if row["trigger_id"] is None:
        return None
    return TriggeredBy(id=row["trigger_id"], type=row["trigger_type"], variables=row["trigger_variables"])


def _read_caller(row: RowMapping) -> Caller | None:
    if row["caller_id"] is None:
        return None
    return Caller(
        execution_id=row["caller_id"],
        task_run_id=row["caller_task_run_id"],
        attempt=row["caller_attempt"],
        index=row["caller_index"],
    )


def _read_commit(row: RowMapping) -> CommitReference | None:
    if row["commit_sha"] is None:
        return None
    return CommitReference(repository=row["repository"], sha=row["commit_sha"])
