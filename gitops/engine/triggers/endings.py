"""What the end of an execution means for the trigger that made it: it is free again, or it stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gitops.engine.revisions import Revisions
from gitops.engine.triggers.locks import TriggerLocks
from gitops.errors import InvalidSource, NotFound
from gitops.execution.state import Execution, State
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey


class TriggerEndings:
    """Hears, inside the transaction, what states executions came into; `free` is told after the commit."""

    def __init__(
        self, store: Store, revisions: Revisions, locks: TriggerLocks, free: Callable[[TriggerKey], None]
    ) -> None:
        self._store = store
        self._revisions = revisions
        self._locks = locks
        self._free = free

    def note(self, connection: Connection, execution: Execution, states: Sequence[State]) -> None:
        """Unlock or stop the trigger of an execution that has ended."""
        if execution.trigger is None or not any(state.ended for state in states):
            return
        self._unlock(connection, execution)
        if self._stops(connection, execution, states):
            key = (execution.namespace, execution.flow_id, execution.trigger.id)
            self._store.triggers.switch(connection, key, off=True)

    def _unlock(self, connection: Connection, execution: Execution) -> None:
        key = self._locks.key_of(execution.id)
        if key is None:
            return

        def free() -> None:
            self._locks.forget(execution.id)
            self._free(key)

        self._store.triggers.unlock(connection, key, execution.id)
        self._store.journal.after_commit(free)

    def _stops(self, connection: Connection, execution: Execution, states: Sequence[State]) -> bool:
        """Whether `stopAfter` holds one of the states."""
        try:
            tree = self._revisions.load(connection, execution.namespace, execution.flow_id, execution.revision)
        except (NotFound, InvalidSource):
            return False
        by = execution.trigger
        trigger = next((each for each in tree.flow.triggers if by is not None and each.id == by.id), None)
        return trigger is not None and any(state.value in trigger.stop_after for state in states)
