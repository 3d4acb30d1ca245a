"""Executions, task runs and log entries as the API answers them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gitops.execution.state import Attempt, Caller, Execution, Moment, State, TaskRun
from gitops.language.scalars import format_duration
from gitops.server.shapes.shape import Instant, LabelShape, Shape, labels_of
from gitops.server.verbs import offered
from gitops.store.flows import Revision
from gitops.store.logs import LogEntry


class MomentShape(Shape):
    """A state and when it began."""

    state: State
    date: Instant


class StateShape(Shape):
    """Where something is, how it came there, and how long that took (ISO-8601)."""

    current: State
    histories: list[MomentShape]
    start_date: Instant | None = None
    end_date: Instant | None = None
    duration: str | None = None


class AttemptShape(Shape):
    """One try of a task run."""

    number: int
    state: State
    start_date: Instant | None = None
    end_date: Instant | None = None
    message: str | None = None


class TaskRunShape(Shape):
    """One task inside one execution; `children` is how many a flowable has in its current branch."""

    id: str
    execution_id: str
    namespace: str
    flow_id: str
    task_id: str
    parent_task_run_id: str | None = None
    value: str | None = None
    iteration: int | None = None
    children: int | None = None
    branch: str
    attempts: list[AttemptShape]
    outputs: dict[str, Any]
    state: StateShape
    message: str | None = None


class TriggeredByShape(Shape):
    """What made an execution."""

    id: str
    type: str
    variables: dict[str, Any]


class CallerShape(Shape):
    """The task run that called for an execution."""

    execution_id: str
    task_run_id: str


class MetadataShape(Shape):
    """Which of its attempts an execution is, and when the first one was created."""

    attempt_number: int
    original_created_date: Instant | None = None


class ExecutionShape(Shape):
    """One run of one revision of a flow. `parentId` is the execution that it repeats, `caller` what waits for it.

    `actions` are the operators' verbs that make sense in its state.
    """

    id: str
    namespace: str
    flow_id: str
    flow_revision: int
    state: StateShape
    inputs: dict[str, Any]
    outputs: dict[str, Any] | None = None
    labels: list[LabelShape]
    variables: dict[str, Any] | None = None
    trigger: TriggeredByShape | None = None
    repository: str | None = None
    commit: str | None = None
    revision_commit: str | None = None
    message: str | None = None
    parent_id: str | None = None
    original_id: str | None = None
    metadata: MetadataShape
    schedule_date: Instant | None = None
    caller: CallerShape | None = None
    actions: list[str]
    task_run_list: list[TaskRunShape] | None = None


class LogShape(Shape):
    """One line of an execution's log; where lines of several flows are answered, with the flow that wrote it."""

    id: int | None = None
    namespace: str | None = None
    flow_id: str | None = None
    execution_id: str
    task_run_id: str | None = None
    task_id: str | None = None
    attempt_number: int | None = None
    timestamp: Instant
    level: str
    message: str


def execution_shape(
    execution: Execution, *, revision: Revision | None = None, task_runs: bool = True
) -> ExecutionShape:
    """An execution, with or without its task runs; `revision` says which commit its flow came from."""
    trigger, commit = execution.trigger, execution.commit
    return ExecutionShape(
        id=execution.id,
        namespace=execution.namespace,
        flow_id=execution.flow_id,
        flow_revision=execution.revision,
        state=state_shape(execution.state, execution.moments),
        inputs=dict(execution.inputs),
        outputs=dict(execution.outputs) if execution.outputs is not None else None,
        labels=labels_of(execution.labels),
        variables=execution.variables or None,
        trigger=TriggeredByShape(id=trigger.id, type=trigger.type, variables=dict(trigger.variables))
        if trigger
        else None,
        repository=commit.repository if commit else revision.repository if revision else None,
        commit=commit.sha if commit else None,
        revision_commit=revision.commit if revision else None,
        message=execution.message,
        parent_id=execution.parent_id,
        original_id=execution.original_id,
        metadata=MetadataShape(
            attempt_number=execution.attempt_number, original_created_date=execution.original_created_at
        ),
        schedule_date=execution.schedule_date,
        caller=_caller_shape(execution.caller),
        actions=list(offered(execution.state)),
        task_run_list=[task_run_shape(run, execution) for run in execution.in_order()] if task_runs else None,
    )


def _caller_shape(caller: Caller | None) -> CallerShape | None:
    return CallerShape(execution_id=caller.execution_id, task_run_id=caller.task_run_id) if caller else None


def task_run_shape(task_run: TaskRun, execution: Execution) -> TaskRunShape:
    """A task run of an execution."""
    return TaskRunShape(
        id=task_run.id,
        execution_id=execution.id,
        namespace=execution.namespace,
        flow_id=execution.flow_id,
        task_id=task_run.task_id,
        parent_task_run_id=task_run.parent_id,
        value=task_run.value,
        iteration=task_run.iteration,
        children=task_run.progress.children.created if task_run.progress else None,
        branch=task_run.branch.value,
        attempts=[_attempt_shape(attempt) for attempt in task_run.attempts],
        outputs=dict(task_run.outputs or {}),
        state=state_shape(task_run.state, task_run.moments),
        message=task_run.message,
    )


def state_shape(state: State, moments: Sequence[Moment]) -> StateShape:
    """A state with its history."""
    start = moments[0].at if moments else None
    end = moments[-1].at if moments and state.ended else None
    return StateShape(
        current=state,
        histories=[MomentShape(state=moment.state, date=moment.at) for moment in moments],
        start_date=start,
        end_date=end,
        duration=_length(start, end),
    )


def log_shape(entry: LogEntry, *, namespace: str | None = None, flow_id: str | None = None) -> LogShape:
    """A log entry."""
    return LogShape(
        id=entry.id,
        namespace=namespace,
        flow_id=flow_id,
        execution_id=entry.execution_id,
        task_run_id=entry.task_run_id,
        task_id=entry.task_id,
        attempt_number=entry.attempt,
        timestamp=entry.at,
        level=entry.level,
        message=entry.message,
    )


def _attempt_shape(attempt: Attempt) -> AttemptShape:
    return AttemptShape(
        number=attempt.number,
        state=attempt.state,
        start_date=attempt.started_at,
        end_date=attempt.ended_at,
        message=attempt.message,
    )


def _length(start: datetime | None, end: datetime | None) -> str | None:
    return format_duration(end - start) if start is not None and end is not None else None
