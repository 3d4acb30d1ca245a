"""Concurrency limits: whether one more execution of a flow may begin, and which one does when a place is free."""

from __future__ import annotations

from gitops.engine import clock
from gitops.execution.effects import Purpose
from gitops.execution.events import Created, Event, Queued, TimerFired, TurnedAway, Unqueued
from gitops.execution.state import Execution, State
from gitops.language.flow import Flow
from gitops.store.database import Connection
from gitops.store.store import Store

_EXCEEDED = "concurrency limit exceeded"


class Admission:
    """Counts the executions of a flow that have begun and not ended; paused ones hold their place."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def asks(self, execution: Execution, event: Event) -> bool:
        """Whether the event would let the execution begin."""
        if execution.state is not State.CREATED:
            return False
        if isinstance(event, TimerFired):
            return event.purpose is Purpose.START
        date = execution.schedule_date
        return isinstance(event, Created) and (date is None or date <= clock.now())

    def admitted(self, connection: Connection, flow: Flow, event: Event) -> Event:
        """The event, or what becomes of the execution when the limit is reached."""
        limit = flow.concurrency
        if limit is None or self._running(connection, flow) < limit.limit:
            return event
        if limit.behavior == "QUEUE":
            return Queued()
        state = State.CANCELLED if limit.behavior == "CANCEL" else State.FAILED
        return TurnedAway(state, f"Flow is {state} due to {_EXCEEDED}")

    def next(self, connection: Connection, flow: Flow) -> tuple[str, Event] | None:
        """The execution that has waited longest, and the event that lets it begin; None when there is no place."""
        if flow.concurrency is not None and self._running(connection, flow) >= flow.concurrency.limit:
            return None
        found = self._store.executions.longest_queued(connection, flow.namespace, flow.id)
        return None if found is None else (found, Unqueued())

    def _running(self, connection: Connection, flow: Flow) -> int:
        return self._store.executions.count_begun(connection, flow.namespace, flow.id)
