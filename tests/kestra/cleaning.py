"""After a case: nothing runs, nothing is deployed and nothing is kept, so that the next one sees only its own."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete

from gitops.engine import clock
from gitops.errors import GitopsError
from gitops.store.database import Connection
from gitops.store.tables import kept_results, key_values, trigger_windows
from tests.kestra.service import Service

_KILL_SECONDS = 5.0
_KEPT = (key_values, kept_results, trigger_windows)


def clear(service: Service, since: datetime) -> None:
    """End what still runs, forget the executions since then, and take back what was deployed and given."""
    service.app.store.journal.write(lambda connection: _delete_flows(service, connection))
    service.deployed.clear()
    service.engine.refresh_triggers()
    _forget_executions(service, since)
    service.app.store.journal.write(_delete_kept)
    service.app.settings.variables.clear()
    for place in (service.folder / "storage").iterdir():
        shutil.rmtree(place, ignore_errors=True)


def _forget_executions(service: Service, since: datetime) -> None:
    operations = service.engine.operations
    # What ends may have started others, so this looks until there are none.
    while found := [each for each in service.created_since(since) if not each.done]:
        for execution in found:
            with suppress(GitopsError):
                operations.kill(execution.id)
        if not all(service.engine.wait(each.id, _KILL_SECONDS).done for each in found):
            break
    for execution in service.created_since(since):
        with suppress(GitopsError):
            operations.delete(execution.id)


def _delete_flows(service: Service, connection: Connection) -> None:
    for namespace, flow_id in service.deployed:
        service.app.store.flows.delete(connection, namespace, flow_id, at=clock.now())
        service.app.store.triggers.delete(connection, namespace, flow_id)


def _delete_kept(connection: Connection) -> None:
    for table in _KEPT:
        connection.execute(delete(table))
