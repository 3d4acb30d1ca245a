"""The files that executions keep in internal storage: listed and deleted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from gitops.engine.execution_files import ExecutionFiles, Origin
from gitops.engine.services.place import Place
from gitops.execution.services.stored_files import PurgedFiles
from gitops.language.expression.library.texts import slug
from gitops.storage.storage import SCHEME, StoredFile

_EXECUTION = re.compile(rf"{SCHEME}(?P<flow>.*?)/executions/(?P<id>[^/]+)/")
_OF_NAMESPACE = "_files"


class StoredStoredFiles:
    """Implements StoredFiles for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._storage = place.world.storage

    def delete(self, uri: str) -> bool:
        """See StoredFiles."""
        place = self._place
        own = Origin(place.namespace, place.flow_id, place.execution_id)
        return self._storage.delete(ExecutionFiles(self._storage, place.namespace, (own,)).address(uri))

    def delete_own(self) -> Sequence[str]:
        """See StoredFiles."""
        place = self._place
        flow = _flow_folder(place.namespace, place.flow_id)
        uris = sorted(each.uri for each in self._storage.below(f"{flow}/executions/{place.execution_id}/"))
        for uri in uris:
            self._storage.delete(uri)
        return uris

    def purge(
        self,
        *,
        namespace: str | None,
        flow_id: str | None,
        since: datetime | None,
        until: datetime,
        dry_run: bool,
    ) -> PurgedFiles:
        """See StoredFiles."""
        by_execution = self._ended(self._by_execution(_top(namespace, flow_id)))
        wanted = {id_: list(_of_that_time(files, since, until)) for id_, files in by_execution.items()}
        deleted = [each.uri for files in wanted.values() for each in files if not dry_run]
        for uri in deleted:
            self._storage.delete(uri)
        purged = sum(bool(files) for files in wanted.values())
        return PurgedFiles(scanned=len(by_execution), purged=purged, deleted=len(deleted))

    def _by_execution(self, top: str) -> Mapping[str, Sequence[StoredFile]]:
        found: defaultdict[str, list[StoredFile]] = defaultdict(list)
        for each in self._storage.below(top):
            match = _EXECUTION.match(each.uri)
            if match and _OF_NAMESPACE not in match["flow"].split("/"):
                found[match["id"]].append(each)
        return found

    def _ended(self, files: Mapping[str, Sequence[StoredFile]]) -> Mapping[str, Sequence[StoredFile]]:
        """Without those of executions that may still read them; those of executions that are gone are kept."""
        store = self._place.world.store
        with store.database.read() as connection:
            heads = store.executions.heads(connection, [*files])
        return {id_: found for id_, found in files.items() if id_ not in heads or heads[id_].done}


def _of_that_time(files: Sequence[StoredFile], since: datetime | None, until: datetime) -> Iterator[StoredFile]:
    return (each for each in files if (since is None or each.modified >= since) and each.modified <= until)


def _top(namespace: str | None, flow_id: str | None) -> str:
    if namespace is None:
        return ""
    return f"{_flow_folder(namespace, flow_id)}/" if flow_id is not None else f"{namespace.replace('.', '/')}/"


def _flow_folder(namespace: str, flow_id: str) -> str:
    return f"{namespace.replace('.', '/')}/{slug(flow_id)}"
