"""Executions: counted, purged, resumed."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.engine.services.place import Place
from gitops.errors import NotFound
from gitops.execution.services.past_executions import Purge, Purged, WantedExecutions
from gitops.store.executions import ExecutionFilter


class StoredPastExecutions:
    """Implements PastExecutions for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._world = place.world

    def count(self, wanted: WantedExecutions) -> int:
        """See PastExecutions."""
        store = self._world.store
        with store.database.read() as connection:
            return store.executions.count(connection, _filter(wanted))

    def purge(self, wanted: WantedExecutions, what: Purge, *, batch: int) -> Purged:
        """See PastExecutions."""
        store = self._world.store
        with store.database.read() as connection:
            ids = store.executions.done(connection, _filter(wanted))
        total = Purged()
        for start in range(0, len(ids), batch):
            total = total.plus(self._world.purge(ids[start : start + batch], what))
        return total

    def resume(self, execution_id: str | None, *, place: tuple[str, str] | None, inputs: Mapping[str, object]) -> None:
        """See PastExecutions."""
        id_ = execution_id or self._place.execution_id
        if place is not None and self._flow_of(id_) != place:
            raise NotFound(f"there is no execution {id_} of flow {place[0]}.{place[1]}")
        self._world.resume(id_, inputs)

    def _flow_of(self, execution_id: str) -> tuple[str, str] | None:
        store = self._world.store
        with store.database.read() as connection:
            found = store.executions.heads(connection, [execution_id]).get(execution_id)
        return None if found is None else (found.namespace, found.flow_id)


def _filter(wanted: WantedExecutions) -> ExecutionFilter:
    return ExecutionFilter(
        namespace=wanted.namespace,
        only_here=wanted.flow_id is not None,
        flow_id=wanted.flow_id,
        states=[state.value for state in wanted.states],
        started_after=wanted.since,
        started_before=wanted.until,
    )
