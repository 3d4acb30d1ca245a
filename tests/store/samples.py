"""Small valid records for the tests of the store."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from gitops.execution.state import Attempt, Execution, Moment, State, TaskRun
from gitops.store.change import Change
from gitops.store.database import Connection
from gitops.store.flows import Flows, Revision
from gitops.store.store import Store
from tests.replacing import replace

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, UTC)
SHA = "0123456789abcdef0123456789abcdef01234567"
_numbers = itertools.count(1)


def later(seconds: float) -> datetime:
    """Some time after noon."""
    return NOON + timedelta(seconds=seconds)


def revision(flow_id: str = "hello", namespace: str = "team", **values: object) -> Revision:
    """A source to add."""
    plain = Revision(namespace=namespace, flow_id=flow_id, source=f"id: {flow_id}", created_at=NOON)
    return replace(plain, **values)


def add_flow(connection: Connection, flow_id: str = "hello", namespace: str = "team") -> None:
    """A flow for executions to be of, unless it is there."""
    if Flows().get(connection, namespace, flow_id) is None:
        Flows().add(connection, revision(flow_id, namespace))


def execution(**values: object) -> Execution:
    """A running execution of revision 1 of team.hello."""
    moments = (Moment(State.CREATED, NOON), Moment(State.RUNNING, later(1)))
    plain = Execution(
        id=f"execution{next(_numbers)}",
        namespace="team",
        flow_id="hello",
        revision=1,
        created_at=NOON,
        state=State.RUNNING,
        moments=moments,
    )
    return replace(plain, **values)


def task_run(of: Execution, **values: object) -> TaskRun:
    """A running task run with one attempt."""
    number = next(_numbers)
    plain = TaskRun(
        id=f"taskrun{number}",
        execution_id=of.id,
        task_id="work",
        sequence=len(of.task_runs),
        state=State.RUNNING,
        moments=(Moment(State.CREATED, NOON), Moment(State.RUNNING, later(1))),
        attempts=(Attempt(1, State.RUNNING, started_at=later(1)),),
    )
    return replace(plain, **values)


def with_run(of: Execution, run: TaskRun) -> Execution:
    """The execution with this task run in its present form."""
    runs = of.task_runs.insert(run.id, run)
    paused = sum(each.state is State.PAUSED for each in runs.values())
    return replace(of, task_runs=runs, paused=paused, next_sequence=max(each.sequence for each in runs.values()) + 1)


def save(store: Store, *changes: Change) -> None:
    """Write changes; the flow is added when it is missing."""

    def work(connection: Connection) -> None:
        for change in changes:
            add_flow(connection, change.after.flow_id, change.after.namespace)
        store.executions.save(connection, changes)

    store.journal.write(work)


def created(after: Execution) -> Change:
    """The change that makes an execution with all its task runs."""
    return Change(before=None, after=after, moved=list(after.task_runs))


def load(store: Store, execution_id: str) -> Execution:
    """An execution that must be there."""
    with store.database.read() as connection:
        found = store.executions.load(connection, execution_id)
    assert found is not None
    return found
