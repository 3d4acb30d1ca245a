"""Where each trigger of each live flow stands: its next date, what it did last, and what operators said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Self

from sqlalchemy import ColumnElement, RowMapping, and_, delete, false, or_, select, update

from gitops.language.flow import Flow
from gitops.language.trigger import Trigger
from gitops.store.database import Connection, Row, upsert
from gitops.store.page import Page, read_page, within
from gitops.store.tables import triggers

TriggerKey = tuple[str, str, str]
"""Namespace, flow id and trigger id."""

_ON = and_(triggers.c.disabled == false(), triggers.c.switched_off == false())
_AWAKE = and_(_ON, triggers.c.next_at.is_not(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """A run of a trigger through dates of the past, `end` included.

    `current` is the next of them; `next_at` is the date that the trigger goes on with afterwards.
    """

    start: datetime
    end: datetime
    current: datetime
    next_at: datetime | None
    paused: bool = False
    inputs: Mapping[str, object] = field(default_factory=dict)
    labels: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerState:
    """One trigger. `next_at` is None when the clock does not wake it.

    `disabled` is what the source says, `switched_off` what operators and tasks said since. `locked_by` is the execution
    that must end before the next one is created. `matched` says whether the last evaluation met the condition of a
    trigger that looks again and again. `fingerprint` tells whether the declaration is still the same.
    """

    namespace: str
    flow_id: str
    trigger_id: str
    type: str
    next_at: datetime | None = None
    last_at: datetime | None = None
    last_execution_id: str | None = None
    disabled: bool = False
    switched_off: bool = False
    backfill: Backfill | None = None
    locked_by: str | None = None
    matched: bool = False
    fingerprint: str = ""

    @classmethod
    def declared(cls, flow: Flow, trigger: Trigger, now: datetime) -> Self:
        """The state of a trigger of a flow that is deployed now."""
        disabled = flow.disabled or trigger.disabled
        return cls(
            namespace=flow.namespace,
            flow_id=flow.id,
            trigger_id=trigger.id,
            type=trigger.type,
            next_at=None if disabled else trigger.first_date(now),
            disabled=disabled,
            fingerprint=trigger.fingerprint(),
        )

    @property
    def key(self) -> TriggerKey:
        """What names the trigger."""
        return self.namespace, self.flow_id, self.trigger_id

    @property
    def off(self) -> bool:
        """Whether it may not create executions."""
        return self.disabled or self.switched_off

    @property
    def wakes_at(self) -> datetime | None:
        """When it must be looked at; None when it is off or sleeps."""
        paused = self.backfill is not None and self.backfill.paused
        return None if self.off or paused else self.next_at


class Triggers:
    """Reads and writes trigger states."""

    def get(self, connection: Connection, namespace: str, flow_id: str, trigger_id: str) -> TriggerState | None:
        """The state of one trigger."""
        row = connection.execute(select(triggers).where(_one((namespace, flow_id, trigger_id)))).mappings().first()
        return None if row is None else _state(row)

    def list(
        self, connection: Connection, namespace: str | None = None, flow_id: str | None = None
    ) -> Sequence[TriggerState]:
        """The states of all triggers, or of those of one namespace or one flow, by name."""
        query = select(triggers).order_by(triggers.c.namespace, triggers.c.flow_id, triggers.c.trigger_id)
        if namespace is not None:
            query = query.where(triggers.c.namespace == namespace)
        if flow_id is not None:
            query = query.where(triggers.c.flow_id == flow_id)
        return [_state(row) for row in connection.execute(query).mappings()]

    def search(
        self,
        connection: Connection,
        *,
        namespace: str | None = None,
        flow_id: str | None = None,
        query: str | None = None,
        page: int = 1,
        size: int = 25,
    ) -> Page[TriggerState]:
        """A page of states by name; `namespace` holds those below it too, `query` is a part of the full name."""
        found = select(triggers)
        if namespace is not None:
            found = found.where(within(triggers.c.namespace, namespace))
        if flow_id is not None:
            found = found.where(triggers.c.flow_id == flow_id)
        if query:
            name = triggers.c.namespace + "." + triggers.c.flow_id
            matches = [text.icontains(query, autoescape=True) for text in (name, triggers.c.trigger_id)]
            found = found.where(or_(*matches))
        ordered = found.order_by(triggers.c.namespace, triggers.c.flow_id, triggers.c.trigger_id)
        return read_page(connection, ordered, _state, page=page, size=size)

    def awake(self, connection: Connection) -> Sequence[TriggerState]:
        """The states that have a date and are not off, earliest first."""
        query = select(triggers).where(_AWAKE).order_by(triggers.c.next_at)
        return [_state(row) for row in connection.execute(query).mappings()]

    def on(self, connection: Connection) -> Sequence[TriggerState]:
        """The states of the triggers that are not off."""
        query = select(triggers).where(_ON).order_by(triggers.c.namespace, triggers.c.flow_id, triggers.c.trigger_id)
        return [_state(row) for row in connection.execute(query).mappings()]

    def locks(self, connection: Connection) -> Mapping[str, TriggerKey]:
        """Which trigger each execution locks."""
        query = select(triggers).where(triggers.c.locked_by.is_not(None))
        return {state.locked_by or "": state.key for state in map(_state, connection.execute(query).mappings())}

    def upsert(self, connection: Connection, states: Sequence[TriggerState]) -> None:
        """Write states down, over those of the same triggers."""
        upsert(connection, triggers, [_row(state) for state in states])

    def swap(self, connection: Connection, before: TriggerState, after: TriggerState) -> bool:
        """Write a state down if it is still what it was before; returns whether it was."""
        if self.get(connection, *before.key) != before:
            return False
        self.upsert(connection, [after])
        return True

    def switch(self, connection: Connection, key: TriggerKey, *, off: bool) -> None:
        """Say that a trigger may not create executions, or may again."""
        connection.execute(update(triggers).where(_one(key)).values(switched_off=off))

    def unlock(self, connection: Connection, key: TriggerKey, execution_id: str) -> None:
        """Note that the execution does not lock its trigger any more."""
        locked = and_(_one(key), triggers.c.locked_by == execution_id)
        connection.execute(update(triggers).where(locked).values(locked_by=None))

    def replace_for_flow(
        self, connection: Connection, namespace: str, flow_id: str, states: Sequence[TriggerState]
    ) -> Sequence[TriggerKey]:
        """Make these the triggers of a flow; returns those that are edited or gone.

        One that stays as it was keeps everything. One that was edited keeps its state, goes on with its new date, and
        loses its backfill. One of another type, or with another id, is a new one.
        """
        before = {state.key: state for state in self.list(connection, namespace, flow_id)}
        self.delete(connection, namespace, flow_id)
        self.upsert(connection, [_carried(state, before.get(state.key)) for state in states])
        same = {state.key for state in states if _is_same(before.get(state.key), state)}
        return [key for key in before if key not in same]

    def delete(self, connection: Connection, namespace: str, flow_id: str, trigger_id: str | None = None) -> None:
        """Forget the triggers of a flow, or one of them."""
        gone = _of_flow(namespace, flow_id) if trigger_id is None else _one((namespace, flow_id, trigger_id))
        connection.execute(delete(triggers).where(gone))


def _of_flow(namespace: str, flow_id: str) -> ColumnElement[bool]:
    return and_(triggers.c.namespace == namespace, triggers.c.flow_id == flow_id)


def _one(key: TriggerKey) -> ColumnElement[bool]:
    return and_(_of_flow(*key[:2]), triggers.c.trigger_id == key[2])


def _carried(state: TriggerState, before: TriggerState | None) -> TriggerState:
    if before is None or before.type != state.type:
        return state
    kept = replace(
        state,
        last_at=before.last_at,
        last_execution_id=before.last_execution_id,
        switched_off=before.switched_off,
        locked_by=before.locked_by,
        matched=before.matched,
    )
    return replace(kept, next_at=before.next_at, backfill=before.backfill) if _is_same(before, state) else kept


def _is_same(before: TriggerState | None, state: TriggerState) -> bool:
    """Whether the declaration did not change; one that is not known has changed."""
    if before is None or not state.fingerprint:
        return False
    return (before.type, before.fingerprint, before.disabled) == (state.type, state.fingerprint, state.disabled)


def _row(state: TriggerState) -> Row:
    return asdict(state)


def _state(row: RowMapping) -> TriggerState:
    stored = row["backfill"]
    backfill = stored and Backfill(**{**stored, "labels": tuple(map(tuple, stored["labels"]))})
    return TriggerState(**{**row, "backfill": backfill})
