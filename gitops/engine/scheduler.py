"""Due timers and schedules: every date that matters is a row of the store, and wakes this process when it comes."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from gitops.engine import clock
from gitops.engine.creation import Order
from gitops.engine.dispatch import Also, Dispatcher
from gitops.engine.revisions import Revisions
from gitops.engine.starter import Starter
from gitops.engine.timers import Timers
from gitops.errors import GitopsError
from gitops.execution.effects import SetTimer
from gitops.execution.events import TimerFired
from gitops.execution.state import Execution, TriggeredBy
from gitops.language.trigger import TimedTrigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerState

_log = logging.getLogger(__name__)
_PATIENCE = timedelta(seconds=1)


@runtime_checkable
class Recovering(Protocol):
    """A trigger of the clock that says itself which missed dates are made up for."""

    @property
    def recovers_all(self) -> bool:
        """Whether each missed date gets an execution of its own, one after the other."""
        ...

    def due_date(self, first: datetime, now: datetime, *, began: datetime) -> datetime | None:
        """Of the dates from `first` to now, the one to fire next; None when all are given up."""
        ...


class Scheduler:
    """Sets the timers of this process from the rows of the store, and tells the engine when they fire."""

    def __init__(
        self, store: Store, revisions: Revisions, timers: Timers, *, dispatcher: Dispatcher, starter: Starter
    ) -> None:
        self._store = store
        self._revisions = revisions
        self._timers = timers
        self._dispatcher = dispatcher
        self._starter = starter
        self._began = clock.now()

    def start(self) -> None:
        """Set every timer that the store holds. Dates before now were missed."""
        self._began = clock.now()
        with self._store.database.read() as connection:
            timers = self._store.timers.due(connection)
        for execution_id, timer in timers:
            self.set_timer(execution_id, timer)
        self.refresh()

    def set_timer(self, execution_id: str, timer: SetTimer) -> None:
        """Send the timer's event when its date comes."""
        event = TimerFired(timer.task_run_id, timer.attempt)
        name = f"timer {timer.task_run_id} {timer.attempt}"
        self._timers.at(name, timer.at, lambda: self._send(execution_id, event))

    def refresh(self) -> None:
        """Set the timer of every trigger that has a next date; call it after each deployment."""
        with self._store.database.read() as connection:
            states = self._store.triggers.list(connection)
        for state in states:
            if state.next_at is not None and not state.disabled:
                self._set(state)

    def _send(self, execution_id: str, event: TimerFired) -> None:
        self._dispatcher.send(execution_id, event).result()

    def _set(self, state: TriggerState, *, at: datetime | None = None) -> None:
        """Fire the trigger at its next date, or at another moment for that date."""
        assert state.next_at is not None  # noqa: S101 - only states with a date are set
        name = f"trigger {state.namespace}.{state.flow_id}.{state.trigger_id}"
        self._timers.at(name, at or state.next_at, lambda: self._fire(state))

    def _fire(self, state: TriggerState) -> None:
        """Create the execution of this date and move the trigger to its next one, in one transaction."""
        with self._store.database.read() as connection:
            now_state = self._store.triggers.get(connection, state.namespace, state.flow_id, state.trigger_id)
            if now_state is None or now_state.disabled or now_state.next_at != state.next_at:
                return
            _, flow = self._revisions.current(connection, state.namespace, state.flow_id)
            trigger = next((item for item in flow.flow.triggers if item.id == state.trigger_id), None)
            busy = trigger is not None and not trigger.allow_concurrent and self._busy(connection, now_state)
        if isinstance(trigger, TimedTrigger):
            self._advance(now_state, trigger, busy=busy)

    def _busy(self, connection: Connection, state: TriggerState) -> bool:
        """Whether the trigger's last execution still runs: a trigger has one execution at a time."""
        last = state.last_execution_id
        execution = self._store.executions.load(connection, last) if last else None
        return execution is not None and not execution.done

    def _advance(self, state: TriggerState, trigger: TimedTrigger, *, busy: bool) -> None:
        first = state.next_at or clock.now()
        now = max(clock.now(), first)
        every = isinstance(trigger, Recovering) and trigger.recovers_all
        if busy and every:
            self._set(state, at=now + _PATIENCE)
            return
        date = self._due(trigger, first, now)
        following = trigger.next_date(date if date and every else now)

        def move(connection: Connection, execution: Execution | None = None) -> None:
            last = execution.id if execution is not None else state.last_execution_id
            self._store.triggers.fired(connection, state, at=date or now, next_at=following, execution_id=last)

        if busy or date is None or not self._start(state, trigger, date, move):
            self._store.journal.write(move)
        if following is not None:
            self._set(replace(state, next_at=following))

    def _due(self, trigger: TimedTrigger, first: datetime, now: datetime) -> datetime | None:
        """The date to fire for; None when every date from `first` to now is given up."""
        if isinstance(trigger, Recovering):
            return trigger.due_date(first, now, began=self._began)
        return _latest_missed(trigger, first, now)

    def _start(self, state: TriggerState, trigger: TimedTrigger, date: datetime, move: Also) -> bool:
        """Create the execution; False when its inputs do not fit, which the service's log says."""
        order = Order(
            inputs=trigger.inputs or {},
            labels=[(label.key, label.value) for label in trigger.labels or ()],
            trigger=TriggeredBy(id=trigger.id, type=trigger.type, variables=trigger.variables(date)),
        )
        try:
            self._starter.start(state.namespace, state.flow_id, order, also=move)
        except GitopsError as error:
            _log.warning("trigger %s of %s.%s: %s", state.trigger_id, state.namespace, state.flow_id, error)
            return False
        return True


def _latest_missed(trigger: TimedTrigger, first: datetime, now: datetime) -> datetime:
    """Of the dates from `first` to now, the last one: a service that was away makes up for one date, not for all."""
    date = first
    while (following := trigger.next_date(date)) is not None and following <= now:
        date = following
    return date
