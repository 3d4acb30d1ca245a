"""Where each trigger of each live flow stands: its next date, and what it did last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update

from gitops.store.database import Connection, upsert
from gitops.store.tables import triggers


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerState:
    """One trigger. `next_at` is None when the clock does not fire it."""

    namespace: str
    flow_id: str
    trigger_id: str
    type: str
    next_at: datetime | None = None
    last_at: datetime | None = None
    last_execution_id: str | None = None
    disabled: bool = False


class Triggers:
    """Reads and writes trigger states."""

    def get(self, connection: Connection, namespace: str, flow_id: str, trigger_id: str) -> TriggerState | None:
        """The state of one trigger."""
        query = select(triggers).where(_of_flow(namespace, flow_id), triggers.c.trigger_id == trigger_id)
        row = connection.execute(query).mappings().first()
        return None if row is None else TriggerState(**row)

    def list(
        self, connection: Connection, namespace: str | None = None, flow_id: str | None = None
    ) -> Sequence[TriggerState]:
        """The states of all triggers, or of those of one namespace or one flow, by name."""
        query = select(triggers).order_by(triggers.c.namespace, triggers.c.flow_id, triggers.c.trigger_id)
        if namespace is not None:
            query = query.where(triggers.c.namespace == namespace)
        if flow_id is not None:
            query = query.where(triggers.c.flow_id == flow_id)
        return [TriggerState(**row) for row in connection.execute(query).mappings()]

    def upsert(self, connection: Connection, states: Sequence[TriggerState]) -> None:
        """Write states down, over those of the same triggers."""
        upsert(connection, triggers, [asdict(state) for state in states])

    def replace_for_flow(
        self, connection: Connection, namespace: str, flow_id: str, states: Sequence[TriggerState]
    ) -> None:
        """Make these the triggers of a flow. One that stays, with its type, keeps its last date and execution."""
        before = {state.trigger_id: state for state in self.list(connection, namespace, flow_id)}
        self.delete(connection, namespace, flow_id)
        self.upsert(connection, [_carried(state, before.get(state.trigger_id)) for state in states])

    def fired(
        self,
        connection: Connection,
        state: TriggerState,
        *,
        at: datetime,
        next_at: datetime | None,
        execution_id: str | None,
    ) -> None:
        """Note that a trigger fired for the date `at`; nothing happens when the trigger is gone."""
        one = and_(_of_flow(state.namespace, state.flow_id), triggers.c.trigger_id == state.trigger_id)
        values = {"last_at": at, "next_at": next_at, "last_execution_id": execution_id}
        connection.execute(update(triggers).where(one).values(**values))

    def delete(self, connection: Connection, namespace: str, flow_id: str) -> None:
        """Forget the triggers of a flow."""
        connection.execute(delete(triggers).where(_of_flow(namespace, flow_id)))


def _of_flow(namespace: str, flow_id: str) -> ColumnElement[bool]:
    return and_(triggers.c.namespace == namespace, triggers.c.flow_id == flow_id)


def _carried(state: TriggerState, before: TriggerState | None) -> TriggerState:
    if before is None or before.type != state.type:
        return state
    return replace(state, last_at=before.last_at, last_execution_id=before.last_execution_id)
