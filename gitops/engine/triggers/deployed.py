"""The triggers of live flows: where each of them stands, and what its declaration is now."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.engine.attempts.context import Surroundings
from gitops.engine.revisions import Revisions
from gitops.engine.triggers.view import TriggerView
from gitops.errors import InvalidSource, NotFound
from gitops.execution.outputs import outputs_of
from gitops.execution.state import Execution
from gitops.language.task import Kinds
from gitops.language.trigger import FollowingTrigger, Trigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey, TriggerState


class DeployedTriggers:
    """Finds a trigger's state together with its declaration in the live revision of its flow."""

    def __init__(self, store: Store, revisions: Revisions, surroundings: Surroundings, kinds: Kinds) -> None:
        self._store = store
        self._revisions = revisions
        self._surroundings = surroundings
        self._kinds = kinds

    def is_following(self, name: str) -> bool:
        """Whether triggers of the type follow executions of other flows."""
        kind = self._kinds.find(Trigger.ROOM, name)
        return kind is not None and issubclass(kind, FollowingTrigger)

    def find(self, connection: Connection, key: TriggerKey) -> tuple[TriggerState, TriggerView[Trigger]] | None:
        """The state and the declaration; None when either of them is gone."""
        state = self._store.triggers.get(connection, *key)
        view = self.view(connection, key) if state is not None else None
        return (state, view) if state is not None and view is not None else None

    def view(self, connection: Connection, key: TriggerKey) -> TriggerView[Trigger] | None:
        """The declaration in the live revision; None when there is no such flow or trigger."""
        namespace, flow_id, trigger_id = key
        try:
            revision, tree = self._revisions.current(connection, namespace, flow_id)
        except (NotFound, InvalidSource):
            return None
        trigger = next((each for each in tree.flow.triggers if each.id == trigger_id), None)
        return None if trigger is None else TriggerView(trigger, tree, revision.revision, self._surroundings)

    def outputs(self, connection: Connection, execution: Execution) -> Mapping[str, object]:
        """The outputs of the tasks of an execution, by task id; raises NotFound or InvalidSource."""
        tree = self._revisions.load(connection, execution.namespace, execution.flow_id, execution.revision)
        return outputs_of(tree, execution, None)
