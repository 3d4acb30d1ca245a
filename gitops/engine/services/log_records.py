"""The logs of executions: fetched and purged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gitops.engine.services.batches import in_batches
from gitops.engine.services.place import Place
from gitops.errors import NotFound
from gitops.execution.services.past_entries import PastEntries
from gitops.execution.state import Execution
from gitops.language.scalars import Level
from gitops.store.logs import LogEntry

_PAGE = 1_000


class StoredLogRecords:
    """Implements LogRecords for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._store = place.world.store
        self._own = place.execution_id

    def fetch(
        self,
        execution_id: str | None = None,
        *,
        place: tuple[str, str] | None = None,
        task_ids: Collection[str] = (),
        min_level: Level = Level.TRACE,
    ) -> Iterator[Mapping[str, object]]:
        """See LogRecords."""
        self._store.journal.flush()  # what was logged so far is on its way to the store
        execution = self._execution(execution_id or self._own, place)
        return self._told(execution, frozenset(task_ids), min_level)

    def purge(self, wanted: PastEntries, *, levels: Collection[Level] = (), batch: int | None = None) -> int:
        """See LogRecords."""
        logs = self._store.logs
        return in_batches(
            self._store,
            lambda connection, limit: logs.purge(connection, wanted, levels=levels, limit=limit),
            size=batch,
        )

    def _execution(self, execution_id: str, place: tuple[str, str] | None) -> Execution:
        with self._store.database.read() as connection:
            found = self._store.executions.heads(connection, [execution_id]).get(execution_id)
        if found is None or place not in (None, (found.namespace, found.flow_id)):
            of = "" if place is None else f" of flow {place[0]}.{place[1]}"
            raise NotFound(f"there is no execution {execution_id}{of}")
        return found

    def _told(
        self, execution: Execution, task_ids: Collection[str], min_level: Level
    ) -> Iterator[Mapping[str, object]]:
        place = {"namespace": execution.namespace, "flowId": execution.flow_id}
        last, more = 0, True
        while more:
            with self._store.database.read() as connection:
                page = self._store.logs.page(connection, execution.id, after=last, min_level=min_level, limit=_PAGE)
            yield from ({**place, **told(each)} for each in page if not task_ids or each.task_id in task_ids)
            more = len(page) == _PAGE
            last = (page[-1].id or last) if page else last


def told(entry: LogEntry) -> dict[str, object]:
    """A log entry as expressions see it; what it has not is left out."""
    known: dict[str, object | None] = {
        "executionId": entry.execution_id,
        "taskId": entry.task_id,
        "taskRunId": entry.task_run_id,
        "attemptNumber": None if entry.attempt is None else entry.attempt - 1,
        "timestamp": entry.at,
        "level": entry.level.value,
        "message": entry.message,
    }
    return {key: value for key, value in known.items() if value is not None}
