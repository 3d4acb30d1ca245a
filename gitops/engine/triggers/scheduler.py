"""Due triggers and due timers: every date that matters is a row of the store, and wakes this process when it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gitops.engine import clock
from gitops.engine.agenda import Agenda
from gitops.engine.dispatch import Dispatcher
from gitops.engine.timers import Timers
from gitops.engine.triggers.deployed import DeployedTriggers
from gitops.engine.triggers.firing import Firing
from gitops.engine.triggers.locks import TriggerLocks
from gitops.engine.triggers.polling import Polling
from gitops.engine.triggers.schedules import Schedules
from gitops.execution.effects import SetTimer
from gitops.execution.events import TimerFired
from gitops.execution.polled_trigger import PolledTrigger
from gitops.language.trigger import TimedTrigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey, TriggerState

_PATIENCE = timedelta(seconds=30)
"""When to look again at a trigger that is locked, should nobody say that it is free."""

_FIRING_THREADS = 4
_EVALUATION_THREADS = 8


class Scheduler:
    """Sets the timers of this process from the rows of the store, and acts when their dates have come."""

    def __init__(
        self,
        store: Store,
        timers: Timers,
        *,
        deployed: DeployedTriggers,
        dispatcher: Dispatcher,
        firing: Firing,
        locks: TriggerLocks,
    ) -> None:
        self._store = store
        self._timers = timers
        self._deployed = deployed
        self._dispatcher = dispatcher
        self._locks = locks
        self._schedules = Schedules(firing)
        self._agenda: Agenda[TriggerKey] = Agenda("triggers", timers, self.attend, threads=_FIRING_THREADS)
        self._polling = Polling(firing, self.plan, self.postpone, threads=_EVALUATION_THREADS)

    def start(self) -> None:
        """Set every timer that the store holds. Dates before now were missed."""
        self._locks.load()
        with self._store.database.read() as connection:
            timers = self._store.timers.due(connection)
        for execution_id, timer in timers:
            self.set_timer(execution_id, timer)
        self._recover(clock.now())
        self.refresh()

    def stop(self) -> None:
        """Fire nothing more and wait for what runs."""
        self._agenda.stop()
        self._polling.stop()

    def set_timer(self, execution_id: str, timer: SetTimer) -> None:
        """Send the timer's event when its date comes."""
        event = TimerFired(timer.purpose, timer.subject, timer.number)
        name = f"timer {execution_id} {timer.purpose} {timer.subject} {timer.number}"
        self._timers.at(name, timer.at, lambda: self._send(execution_id, event))

    def refresh(self) -> None:
        """Set the date of every trigger anew; call it after each deployment."""
        with self._store.database.read() as connection:
            states = self._store.triggers.awake(connection)
        self._agenda.replace({state.key: date for state in states if (date := state.wakes_at) is not None})

    def plan(self, key: TriggerKey) -> None:
        """Set the date of one trigger from its row, or forget it."""
        with self._store.database.read() as connection:
            state = self._store.triggers.get(connection, *key)
        date = state.wakes_at if state is not None else None
        if date is None:
            self._agenda.drop(key)
        else:
            self._agenda.set(key, date)

    def postpone(self, key: TriggerKey) -> None:
        """Look at a trigger again, but not at once."""
        self._agenda.set(key, clock.now() + _PATIENCE)

    def wake(self, key: TriggerKey) -> None:
        """Look at a trigger soon; this asks for nothing and may be called from anywhere."""
        self._agenda.set(key, clock.now())

    def attend(self, key: TriggerKey) -> None:
        """Look at a trigger now: fire it, evaluate it, or set its date."""
        now = clock.now()
        with self._store.database.read() as connection:
            found = self._deployed.find(connection, key)
            locked = found is not None and self._is_locked(connection, found[0])
        if found is None:
            return
        state, view = found
        date = state.wakes_at
        if date is None or date > now:
            self.plan(key)
        elif locked:
            self._agenda.set(key, now + _PATIENCE)
        elif isinstance(view.trigger, PolledTrigger):
            self._polling.attend(state, view)
        elif isinstance(view.trigger, TimedTrigger):
            self._schedules.attend(state, view, now)
            self.plan(key)

    def _is_locked(self, connection: Connection, state: TriggerState) -> bool:
        """Whether the execution that must end first still runs."""
        return self._locks.holds(connection, state.locked_by)

    def _recover(self, now: datetime) -> None:
        """Let each trigger of the clock say which of its missed dates it makes up for."""
        with self._store.database.read() as connection:
            late = [state for state in self._store.triggers.awake(connection) if _is_late(state, now)]
            found = [self._deployed.find(connection, state.key) for state in late]
        for each in found:
            if each is not None and isinstance(each[1].trigger, TimedTrigger):
                self._give_up(each[0], each[1].trigger, now)

    def _give_up(self, state: TriggerState, trigger: TimedTrigger, now: datetime) -> None:
        date = trigger.recovered(state.next_at or now, now)
        if date != state.next_at:
            after = replace(state, next_at=date)
            self._store.journal.write(lambda connection: self._store.triggers.swap(connection, state, after))

    def _send(self, execution_id: str, event: TimerFired) -> None:
        self._dispatcher.send(execution_id, event, patient=True).result()


def _is_late(state: TriggerState, now: datetime) -> bool:
    return state.backfill is None and state.next_at is not None and state.next_at < now
