"""What Flow triggers remember: which of the things that they wait for have happened in which span of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select

from gitops.store.database import Connection, add_missing, upsert
from gitops.store.tables import trigger_windows
from gitops.store.triggers import TriggerKey


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerWindow:
    """One span of one trigger. `closes_at` is None when it never ends.

    `met` holds, by the name of the thing that happened, what is to be told of it; `fired` says whether the trigger
    fired in this span.
    """

    namespace: str
    flow_id: str
    trigger_id: str
    window_id: str
    opened_at: datetime
    closes_at: datetime | None = None
    met: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    fired: bool = False

    @property
    def key(self) -> TriggerKey:
        """What names the trigger."""
        return self.namespace, self.flow_id, self.trigger_id


class TriggerWindows:
    """Reads and writes the windows of triggers."""

    def of_trigger(self, connection: Connection, key: TriggerKey) -> Sequence[TriggerWindow]:
        """The windows of one trigger, oldest first."""
        query = select(trigger_windows).where(_of(key)).order_by(trigger_windows.c.opened_at)
        return [TriggerWindow(**row) for row in connection.execute(query).mappings()]

    def closing(self, connection: Connection) -> Sequence[TriggerWindow]:
        """The windows that end some time, the next one first."""
        ends = trigger_windows.c.closes_at.is_not(None)
        query = select(trigger_windows).where(ends).order_by(trigger_windows.c.closes_at)
        return [TriggerWindow(**row) for row in connection.execute(query).mappings()]

    def put(self, connection: Connection, window: TriggerWindow) -> None:
        """Write a window down, over the same one."""
        upsert(connection, trigger_windows, [asdict(window)])

    def open(self, connection: Connection, window: TriggerWindow) -> None:
        """Write a window down unless it is there already."""
        add_missing(connection, trigger_windows, [asdict(window)])

    def delete(self, connection: Connection, key: TriggerKey, window_id: str | None = None) -> None:
        """Forget the windows of a trigger, or one of them."""
        gone = _of(key) if window_id is None else and_(_of(key), trigger_windows.c.window_id == window_id)
        connection.execute(delete(trigger_windows).where(gone))

    def delete_for_flow(self, connection: Connection, namespace: str, flow_id: str) -> None:
        """Forget the windows of all triggers of a flow."""
        connection.execute(delete(trigger_windows).where(_of_flow(namespace, flow_id)))


def _of_flow(namespace: str, flow_id: str) -> ColumnElement[bool]:
    return and_(trigger_windows.c.namespace == namespace, trigger_windows.c.flow_id == flow_id)


def _of(key: TriggerKey) -> ColumnElement[bool]:
    return and_(_of_flow(*key[:2]), trigger_windows.c.trigger_id == key[2])
