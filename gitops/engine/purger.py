"""Deletes executions that are done, with what they left: logs, metrics and files."""

from __future__ import annotations

from collections.abc import Sequence

from gitops.engine.dispatch import Dispatcher
from gitops.execution.services.past_executions import Purge, Purged
from gitops.execution.state import Execution
from gitops.language.expression.library.texts import slug
from gitops.storage.storage import Storage
from gitops.store.database import Connection
from gitops.store.store import Store


class Purger:
    """Deletes in one transaction what the store holds, then the files."""

    def __init__(self, store: Store, storage: Storage, dispatcher: Dispatcher) -> None:
        self._store = store
        self._storage = storage
        self._dispatcher = dispatcher

    def purge(self, ids: Sequence[str], what: Purge) -> Purged:
        """Delete of these executions what is said; those that are not done, or gone, are left out."""
        with self._store.database.read() as connection:
            found = self._store.executions.heads(connection, ids)
        done = [execution for execution in found.values() if execution.done]
        purged = self._store.journal.write(lambda connection: self._purge(connection, done, what), durable=True)
        files = sum(self._storage.delete_below(folder_of(each)) for each in done) if what.files else 0
        return purged.plus(Purged(files=files))

    def _purge(self, connection: Connection, done: Sequence[Execution], what: Purge) -> Purged:
        ids = [execution.id for execution in done]
        logs = self._store.logs.delete(connection, ids) if what.logs else 0
        metrics = self._store.metrics.delete(connection, ids) if what.metrics else 0
        executions = self._store.executions.delete(connection, ids) if what.executions else 0
        if what.executions:
            for id_ in ids:
                self._dispatcher.forget(id_)
        return Purged(executions, logs, metrics)


def folder_of(execution: Execution) -> str:
    """Where the files of an execution lie in internal storage."""
    return f"{execution.namespace.replace('.', '/')}/{slug(execution.flow_id)}/executions/{execution.id}/"
