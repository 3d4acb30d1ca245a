"""Executions that carry a commit: their result is posted as a status on it, when the flow asks for that by a label."""

from __future__ import annotations

from collections.abc import Callable

from gitops.execution.state import Execution, State
from gitops.providers.provider import CommitStatus
from gitops.store.database import Connection
from gitops.sync.outbox import Outbox
from gitops.sync.report import describe_execution, execution_state

ASKS = ("gitops.commitStatus", "true")
"""The label that asks for a commit status."""


class ExecutionStatuses:
    """Puts the statuses of executions into the outbox, in the transaction of the execution itself.

    `page` gives the address of an execution's page.
    """

    def __init__(self, outbox: Outbox, page: Callable[[Execution], str]) -> None:
        self._outbox = outbox
        self._page = page

    def began(self, connection: Connection, execution: Execution) -> None:
        """The status of an execution that begins."""
        self._put(connection, execution, State.RUNNING, None)

    def ended(self, connection: Connection, execution: Execution) -> None:
        """The status of an execution that has its result."""
        seconds = (execution.moments[-1].at - execution.created_at).total_seconds()
        self._put(connection, execution, execution.state, seconds)

    def _put(self, connection: Connection, execution: Execution, state: State, seconds: float | None) -> None:
        commit = execution.commit
        if commit is None or ASKS not in execution.labels:
            return
        status = CommitStatus(
            context=f"gitops/run: {execution.namespace}.{execution.flow_id}",
            state=execution_state(state),
            description=describe_execution(execution.flow_id, state, seconds),
            target_url=self._page(execution),
        )
        self._outbox.put(connection, commit.repository, commit.sha, status)
