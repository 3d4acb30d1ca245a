"""The ends of windows: what a trigger waited for in vain is told, and the window is forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.engine import clock
from gitops.engine.agenda import Agenda
from gitops.engine.failed_execution import failed_execution, write_failed
from gitops.engine.news import News
from gitops.engine.timers import Timers
from gitops.engine.triggers.deployed import DeployedTriggers
from gitops.engine.triggers.spans import belongs, new_window
from gitops.engine.triggers.view import TriggerView
from gitops.execution.state import TriggeredBy
from gitops.language.gathering import Gathering
from gitops.language.label import Label
from gitops.language.trigger import FollowingTrigger, Trigger
from gitops.store.database import Connection
from gitops.store.store import Store
from gitops.store.trigger_windows import TriggerWindow
from gitops.store.triggers import TriggerKey

WindowKey = tuple[TriggerKey, str]
_THREADS = 1


class WindowClosings:
    """Wakes when windows end. A trigger with `onMiss` always has one open, so that nothing at all is noticed too."""

    def __init__(self, store: Store, timers: Timers, deployed: DeployedTriggers, news: News) -> None:
        self._store = store
        self._deployed = deployed
        self._news = news
        self._agenda: Agenda[WindowKey] = Agenda("windows", timers, self.close, threads=_THREADS)

    def refresh(self, listening: Mapping[TriggerKey, TriggerView[Trigger]]) -> None:
        """Open the windows whose end matters, and wait for the ends of all; call it after each deployment."""
        watched = [(key, each) for key, view in listening.items() for each in _watched(view.trigger)]
        if watched:
            self._store.journal.write(lambda connection: self._open(connection, watched))
        with self._store.database.read() as connection:
            windows = self._store.trigger_windows.closing(connection)
        self._agenda.replace({_key(window): window.closes_at for window in windows if window.closes_at is not None})

    def expect(self, window: TriggerWindow) -> None:
        """From inside a work of the journal: wait for the end of this window."""
        date = window.closes_at
        if date is not None:
            self._store.journal.after_commit(lambda: self._agenda.set(_key(window), date))

    def close(self, key: WindowKey) -> None:
        """End a window."""
        self._store.journal.write(lambda connection: self._close(connection, *key))

    def stop(self) -> None:
        """Wait for nothing more."""
        self._agenda.stop()

    def _open(self, connection: Connection, watched: list[tuple[TriggerKey, Gathering]]) -> None:
        for key, gathering in watched:
            self._open_next(connection, key, gathering)

    def _open_next(self, connection: Connection, key: TriggerKey, gathering: Gathering) -> None:
        now = clock.now()
        span = gathering.coming_span(now) if gathering.coming_span else None
        if span is not None:
            window = new_window(key, gathering, span, now)
            self._store.trigger_windows.open(connection, window)
            self.expect(window)

    def _close(self, connection: Connection, key: TriggerKey, window_id: str) -> None:
        windows = self._store.trigger_windows.of_trigger(connection, key)
        window = next((each for each in windows if each.window_id == window_id), None)
        if window is None:
            return
        self._store.trigger_windows.delete(connection, key, window_id)
        found = self._deployed.find(connection, key)
        if found is None or found[0].off:
            return
        for gathering in _watched(found[1].trigger):
            if belongs(window, gathering):
                self._miss(connection, found[1], window)
                self._open_next(connection, key, gathering)

    def _miss(self, connection: Connection, view: TriggerView[Trigger], window: TriggerWindow) -> None:
        labels = _labels_of_misses(view.trigger)
        if window.fired or labels is None:
            return
        by = TriggeredBy(id=view.trigger.id, type=view.trigger.type)
        until = window.closes_at.isoformat() if window.closes_at else ""
        message = f"what the trigger `{view.trigger.id}` waits for has not happened until {until}"
        rendered = view.labels({}, labels)
        failed = failed_execution(view.tree, view.revision, by, labels=rendered, message=message)
        write_failed(self._store, connection, failed, self._news)


def _watched(trigger: Trigger) -> list[Gathering]:
    """The gatherings whose windows matter when they end."""
    if not isinstance(trigger, FollowingTrigger) or trigger.labels_of_misses() is None:
        return []
    return [each for each in trigger.gatherings() if each.coming_span is not None]


def _labels_of_misses(trigger: Trigger) -> tuple[Label, ...] | None:
    labels = trigger.labels_of_misses() if isinstance(trigger, FollowingTrigger) else None
    return None if labels is None else tuple(labels)


def _key(window: TriggerWindow) -> WindowKey:
    return window.key, window.window_id
