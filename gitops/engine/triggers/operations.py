"""What operators do to triggers: switch off and on, unlock, restart, run through dates of the past, forget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from gitops.engine import clock
from gitops.engine.triggers.deployed import DeployedTriggers
from gitops.engine.triggers.view import TriggerView
from gitops.errors import Conflict, InvalidUsage, NotFound
from gitops.execution.polled_trigger import PolledTrigger
from gitops.language.trigger import TimedTrigger, Trigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import Backfill, TriggerKey, TriggerState

Change = Callable[[TriggerState, TriggerView[Trigger]], TriggerState]
"""Where a trigger stands after an operation; raises Conflict or InvalidUsage when it is not possible."""


class TriggerOperations:
    """Changes triggers by hand; each operation returns the trigger as it is after, and raises NotFound."""

    def __init__(self, store: Store, deployed: DeployedTriggers, changed: Callable[[TriggerKey], None]) -> None:
        self._store = store
        self._deployed = deployed
        self._changed = changed

    def switch(self, key: TriggerKey, *, on: bool) -> TriggerState:
        """Let a trigger create executions or not; raises Conflict for one that its source disables."""

        def change(state: TriggerState, view: TriggerView[Trigger]) -> TriggerState:
            if state.disabled and on:
                raise Conflict(f"{_name(key)} is disabled in its source; set `disabled: false` there")
            if state.switched_off is not on:
                return state
            return replace(state, switched_off=not on, next_at=_date_after_pause(state, view) if on else state.next_at)

        return self._change(key, change)

    def unlock(self, key: TriggerKey) -> TriggerState:
        """Let a trigger fire although its last execution still runs; raises Conflict when nothing locks it."""

        def change(state: TriggerState, _view: TriggerView[Trigger]) -> TriggerState:
            if state.locked_by is None:
                raise Conflict(f"{_name(key)} is not locked")
            return replace(state, locked_by=None)

        return self._change(key, change)

    def restart(self, key: TriggerKey) -> TriggerState:
        """Evaluate a trigger anew, now; raises Conflict for one that is not evaluated in an interval."""

        def change(state: TriggerState, view: TriggerView[Trigger]) -> TriggerState:
            if not isinstance(view.trigger, PolledTrigger):
                raise Conflict(f"{_name(key)} is of the type {state.type}, which is not evaluated in an interval")
            return replace(state, next_at=clock.now(), matched=False, locked_by=None)

        return self._change(key, change)

    def create_backfill(
        self,
        key: TriggerKey,
        *,
        start: datetime,
        end: datetime | None = None,
        inputs: Mapping[str, object] | None = None,
        labels: Sequence[tuple[str, str]] = (),
        paused: bool = False,
    ) -> TriggerState:
        """Run a trigger through its dates from start to end, which is now unless another one is given."""

        def change(state: TriggerState, view: TriggerView[Trigger]) -> TriggerState:
            trigger, last = view.trigger, end or clock.now()
            if not isinstance(trigger, TimedTrigger):
                raise InvalidUsage(f"{_name(key)} is of the type {state.type}, which has no dates to go through")
            if start >= last:
                raise InvalidUsage(f"expected `start` to be before `end`, found {start} and {last}")
            if state.backfill is not None:
                raise Conflict(f"{_name(key)} has a backfill already; delete it first")
            if state.off:
                raise Conflict(f"{_name(key)} is disabled; enable it first")
            backfill = Backfill(
                start=start,
                end=last,
                current=start,
                next_at=state.next_at,
                paused=paused,
                inputs=dict(inputs or {}),
                labels=tuple(labels),
            )
            return replace(state, backfill=backfill, next_at=start)

        return self._change(key, change)

    def pause_backfill(self, key: TriggerKey, *, paused: bool) -> TriggerState:
        """Hold a backfill, or let it go on; raises Conflict when there is none."""

        def change(state: TriggerState, _view: TriggerView[Trigger]) -> TriggerState:
            return replace(state, backfill=replace(_backfill(key, state), paused=paused))

        return self._change(key, change)

    def delete_backfill(self, key: TriggerKey) -> TriggerState:
        """End a backfill; the trigger's own next date is back. Raises Conflict when there is none."""

        def change(state: TriggerState, _view: TriggerView[Trigger]) -> TriggerState:
            return replace(state, backfill=None, next_at=_backfill(key, state).next_at)

        return self._change(key, change)

    def delete(self, key: TriggerKey) -> None:
        """Forget where a trigger stands; one that is still deployed begins anew."""

        def forget(connection: Connection) -> None:
            view = self._deployed.view(connection, key)
            if self._store.triggers.get(connection, *key) is None:
                raise NotFound(f"there is no {_name(key)}")
            self._store.triggers.delete(connection, *key)
            self._store.trigger_windows.delete(connection, key)
            if view is not None:
                state = TriggerState.declared(view.tree.flow, view.trigger, clock.now())
                self._store.triggers.upsert(connection, [state])

        self._store.journal.write(forget, durable=True)
        self._changed(key)

    def _change(self, key: TriggerKey, change: Change) -> TriggerState:
        def write(connection: Connection) -> TriggerState:
            found = self._deployed.find(connection, key)
            if found is None:
                raise NotFound(f"there is no {_name(key)}")
            after = change(*found)
            self._store.triggers.upsert(connection, [after])
            return after

        after = self._store.journal.write(write, durable=True)
        self._changed(key)
        return after


def _date_after_pause(state: TriggerState, view: TriggerView[Trigger]) -> datetime | None:
    """The date to go on with; those that passed meanwhile were missed."""
    now, trigger = clock.now(), view.trigger
    if isinstance(trigger, TimedTrigger) and state.next_at is not None and state.backfill is None:
        return trigger.recovered(state.next_at, now)
    return state.next_at or trigger.first_date(now)


def _backfill(key: TriggerKey, state: TriggerState) -> Backfill:
    if state.backfill is None:
        raise Conflict(f"{_name(key)} has no backfill")
    return state.backfill


def _name(key: TriggerKey) -> str:
    return f"trigger {key[2]} of {key[0]}.{key[1]}"
