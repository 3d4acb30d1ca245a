"""Revisions as the engine runs them: read once, kept while they are used."""

from __future__ import annotations

from gitops.errors import InvalidSource, NotFound
from gitops.execution.tree import FlowTree
from gitops.language.document import parse
from gitops.language.flow import Flow, read_flow
from gitops.language.task import Kinds
from gitops.store.database import Connection
from gitops.store.flows import Flows, Revision

_KEPT = 1_000


def read_source(source: str, kinds: Kinds) -> Flow:
    """The flow that a source describes; raises InvalidSource with every problem."""
    document = parse(source)
    if document.problems:
        raise InvalidSource("\n".join(problem.message for problem in document.problems))
    return read_flow(document.data, kinds)


class Revisions:
    """Flow trees by namespace, flow id and revision; a revision never changes, so a kept tree is never stale."""

    def __init__(self, flows: Flows, kinds: Kinds) -> None:
        self._flows = flows
        self._kinds = kinds
        self._trees: dict[tuple[str, str, int], FlowTree] = {}

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
