"""Revisions as the engine runs them: read once, kept while they are used."""

from __future__ import annotations

from gitops.errors import InvalidSource, NotFound
from gitops.execution.tree import FlowTree
from gitops.language.document import parse
from gitops.language.flow import Flow, read_flow
from gitops.language.task import Kinds
from gitops.store.database import Connection
from gitops.store.flows import Revision
from gitops.store.store import Store

_KEPT = 1_000


def read_source(source: str, kinds: Kinds) -> Flow:
    """The flow that a source describes; raises InvalidSource with every problem."""
    document = parse(source)
    if document.problems:
        raise InvalidSource("\n".join(problem.message for problem in document.problems))
    return read_flow(document.data, kinds)


class Revisions:
    """Flow trees by namespace, flow id and revision; a revision never changes, so a kept tree is never stale.

    Which revision is live is remembered until the next commit that changes flows.
    """

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._flows = store.flows
        self._kinds = kinds
        self._trees: dict[tuple[str, str, int], FlowTree] = {}
        self._live: dict[tuple[str, str], tuple[int, int]] = {}

    def find(self, namespace: str, flow_id: str, revision: int | None = None) -> tuple[int, FlowTree]:
        """A revision of a flow, the live one by default, with its number; raises NotFound or InvalidSource."""
        version = self._store.database.flows_version
        known, number = self._live.get((namespace, flow_id), (None, 0))
        if version is not None and known == version and revision is None:
            revision = number
        if revision is not None and (tree := self._trees.get((namespace, flow_id, revision))) is not None:
            return revision, tree
        with self._store.database.read() as connection:
            if revision is not None:
                return revision, self.load(connection, namespace, flow_id, revision)
            found, tree = self.current(connection, namespace, flow_id)
        if version is not None:
            self._live[namespace, flow_id] = (version, found.revision)
        return found.revision, tree

    def load(self, connection: Connection, namespace: str, flow_id: str, revision: int) -> FlowTree:
        """The tree of one revision; raises NotFound or InvalidSource."""
        key = (namespace, flow_id, revision)
        tree = self._trees.get(key)
        if tree is None:
            found = self._flows.get(connection, namespace, flow_id, revision)
            if found is None:
                raise NotFound(f"flow {namespace}.{flow_id} has no revision {revision}")
            tree = self._keep(key, FlowTree(read_source(found.source, self._kinds)))
        return tree

    def current(self, connection: Connection, namespace: str, flow_id: str) -> tuple[Revision, FlowTree]:
        """The live revision of a flow and its tree; raises NotFound."""
        found = self._flows.get(connection, namespace, flow_id)
        if found is None:
            raise NotFound(f"there is no flow {namespace}.{flow_id}")
        return found, self.load(connection, namespace, flow_id, found.revision)

    def _keep(self, key: tuple[str, str, int], tree: FlowTree) -> FlowTree:
        if len(self._trees) >= _KEPT:
            self._trees.pop(next(iter(self._trees)))
        self._trees[key] = tree
        return tree
