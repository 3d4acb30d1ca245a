"""Which executions keep their trigger from firing again: known in memory, so that no other end of one costs a query."""

from __future__ import annotations

import threading

from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey


class TriggerLocks:
    """Trigger keys by the execution that locks them. One that is known too long does no harm."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._guard = threading.Lock()
        self._keys: dict[str, TriggerKey] = {}

    def load(self) -> None:
        """Read what the store holds."""
        with self._store.database.read() as connection:
            known = self._store.triggers.locks(connection)
        with self._guard:
            self._keys.update(known)

    def note(self, execution_id: str, key: TriggerKey) -> None:
        """An execution locks its trigger."""
        with self._guard:
            self._keys[execution_id] = key

    def key_of(self, execution_id: str) -> TriggerKey | None:
        """The trigger that an execution locks."""
        return self._keys.get(execution_id)

    def forget(self, execution_id: str) -> None:
        """The execution locks nothing any more."""
        with self._guard:
            self._keys.pop(execution_id, None)

    def holds(self, connection: Connection, execution_id: str | None) -> bool:
        """Whether an execution that locked its trigger is still on its way; one that was deleted is not."""
        execution = self._store.executions.load(connection, execution_id) if execution_id else None
        return execution is not None and not execution.state.ended
