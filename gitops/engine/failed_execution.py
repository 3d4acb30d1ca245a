"""An execution that failed before it began: what is left of a trigger that could not decide, or that waited in vain."""

from __future__ import annotations

from collections.abc import Sequence

from gitops.engine import clock
from gitops.engine.news import News
from gitops.execution.state import Execution, Moment, State, TriggeredBy
from gitops.execution.tree import FlowTree
from gitops.language.scalars import Level
from gitops.store.change import Change
from gitops.store.database import Connection
from gitops.store.logs import LogEntry
from gitops.store.store import Store


def failed_execution(
    tree: FlowTree, revision: int, by: TriggeredBy, *, labels: Sequence[tuple[str, str]], message: str
) -> Execution:
    """A FAILED execution without task runs, which says why."""
    flow, now, id_ = tree.flow, clock.now(), clock.new_id()
    own = [(label.key, label.value) for label in flow.labels or () if not label.key.startswith("system.")]
    return Execution(
        id=id_,
        namespace=flow.namespace,
        flow_id=flow.id,
        revision=revision,
        created_at=now,
        state=State.FAILED,
        moments=(Moment(State.CREATED, now), Moment(State.FAILED, now)),
        labels=tuple(dict([*own, *labels, ("system.correlationId", id_)]).items()),
        trigger=by,
        message=message,
        done=True,
    )


def write_failed(store: Store, connection: Connection, execution: Execution, news: News) -> None:
    """Write it down with its message as a log line, from inside a work of the journal."""
    store.executions.save(connection, [Change(before=None, after=execution, moved=(), events=(), timers=())])
    store.logs.append(
        connection,
        [
            LogEntry(
                id=None,
                execution_id=execution.id,
                task_run_id=None,
                task_id=None,
                attempt=None,
                at=execution.created_at,
                level=Level.ERROR,
                message=execution.message or "",
            )
        ],
    )
    store.journal.after_commit(lambda: news.publish([execution.id]))
