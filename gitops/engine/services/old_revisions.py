"""The revisions of flows that are not live any more: purged."""

from __future__ import annotations

from datetime import datetime

from gitops.engine.services.place import Place
from gitops.execution.services.old_revisions import IsMeant
from gitops.store.database import Connection
from gitops.store.old_revisions import OldRevision, delete_revisions, old_revisions


class StoredOldRevisions:
    """Implements OldRevisions for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._store = place.world.store

    def purge(self, is_meant: IsMeant, *, keep: int | None, before: datetime | None) -> int:
        """See OldRevisions."""

        def is_wanted(each: OldRevision) -> bool:
            is_old = each.created_at < before if before is not None else each.newer >= (keep or 1)
            return is_old and is_meant(each.namespace, each.flow_id)

        def work(connection: Connection) -> int:
            wanted = [each for each in old_revisions(connection) if is_wanted(each)]
            delete_revisions(connection, wanted)
            return len(wanted)

        return self._store.journal.write(work, durable=True)
