"""Executions that carry a commit: their result is posted as a status on it, when the flow asks for that by a label."""

from __future__ import annotations

from collections.abc import Callable

from gitops.execution.state import Execution, State
from gitops.providers.provider import StatusState
from gitops.store.database import Connection
from gitops.store.store import Store

ASKS = ("gitops.commitStatus", "true")
"""The label that asks for a commit status."""

_RESULTS = {State.SUCCESS: StatusState.SUCCESS, State.WARNING: StatusState.SUCCESS, State.FAILED: StatusState.FAILURE}


class ExecutionStatuses:
    """Writes commit statuses of executions into the outbox, in the transaction of the execution itself."""

    def __init__(self, store: Store, *, page: Callable[[Execution], str], wake: Callable[[], None]) -> None:
        self._store = store
        self._page = page
        self._wake = wake

    def began(self, connection: Connection, execution: Execution) -> None:
        """The status of an execution that begins."""
        self._enqueue(connection, execution, StatusState.PENDING, "is running")

    def ended(self, connection: Connection, execution: Execution) -> None:
        """The status of an execution that has its result."""
        seconds = (execution.moments[-1].at - execution.created_at).total_seconds()
        state = _RESULTS.get(execution.state, StatusState.ERROR)
        self._enqueue(connection, execution, state, f"ended in {execution.state} after {seconds:.1f} s")

    def _enqueue(self, connection: Connection, execution: Execution, state: StatusState, words: str) -> None:
        commit = execution.commit
        if commit is None or ASKS not in execution.labels:
            return
        name = f"{execution.namespace}.{execution.flow_id}"
        self._store.statuses.enqueue(
            connection,
            commit.repository,
            commit.sha,
            context=f"gitops/run: {name}",
            state=state,
            description=f"{name} {words}",
            target_url=self._page(execution),
            at=execution.moments[-1].at,
        )
        self._store.journal.after_commit(self._wake)
