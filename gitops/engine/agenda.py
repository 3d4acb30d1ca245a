"""What is to be done when: names with dates, and one timer of the process for the earliest of them.

A thousand dates cost nothing while none of them has come. What is due is handed to a few threads of its own.
"""

from __future__ import annotations

import heapq
import logging
import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from gitops.engine import clock
from gitops.engine.timers import Timers
from gitops.errors import StoreUnavailable

K = TypeVar("K", bound=Hashable)
_log = logging.getLogger(__name__)
_PATIENCE = timedelta(seconds=5)
"""When to try again what the store refused."""


class Agenda(Generic[K]):
    """Calls `act` with each key once its date has come; a key has one date, and a new one replaces it."""

    def __init__(self, name: str, timers: Timers, act: Callable[[K], None], *, threads: int) -> None:
        self._name = name
        self._timers = timers
        self._act = act
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._lock = threading.Lock()
        self._dates: dict[K, datetime] = {}
        # Entries whose date is not the key's any more are passed over when they come up; the number breaks ties.
        self._heap: list[tuple[datetime, int, K]] = []
        self._count = 0
        self._next: datetime | None = None
        self._stopped = False

    def set(self, key: K, date: datetime) -> None:
        """Act on the key at the date; at once when that is past."""
        with self._lock:
            self._add(key, date)
            self._aim()

    def drop(self, key: K) -> None:
        """Forget the key; nothing happens when it has no date."""
        with self._lock:
            self._dates.pop(key, None)

    def replace(self, dates: Mapping[K, datetime]) -> None:
        """Forget everything, then set these."""
        with self._lock:
            self._dates, self._heap = {}, []
            for key, date in dates.items():
                self._add(key, date)
            self._aim()

    def dates(self) -> Mapping[K, datetime]:
        """What is to come."""
        with self._lock:
            return dict(self._dates)

    def stop(self) -> None:
        """Act on nothing more and wait for what runs."""
        with self._lock:
            self._stopped = True
        self._timers.cancel(self._name)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _add(self, key: K, date: datetime) -> None:
        self._dates[key] = date
        self._count += 1
        heapq.heappush(self._heap, (date, self._count, key))

    def _aim(self) -> None:
        """Set the timer for the earliest date, unless it is set for it."""
        while self._heap and self._dates.get(self._heap[0][2]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        earliest = self._heap[0][0] if self._heap else None
        if earliest is None or self._stopped or earliest == self._next:
            return
        self._next = earliest
        self._timers.at(self._name, earliest, self._ring)

    def _ring(self) -> None:
        """Hand on what is due."""
        with self._lock:
            # Whatever the clock says by now, the date that was waited for has come.
            due = self._take(max(clock.now(), self._next) if self._next else clock.now())
            self._next = None
            self._aim()
            if not self._stopped:
                for key in due:
                    self._threads.submit(self._call, key)

    def _take(self, now: datetime) -> list[K]:
        due = []
        while self._heap and self._heap[0][0] <= now:
            date, _, key = heapq.heappop(self._heap)
            if self._dates.get(key) == date:
                del self._dates[key]
                due.append(key)
        return due

    def _call(self, key: K) -> None:
        try:
            self._act(key)
        except StoreUnavailable as error:
            # Nobody else would set a date for it again.
            _log.warning("%s: %s waits: %s", self._name, key, error)
            self.set(key, clock.now() + _PATIENCE)
        except Exception:  # noqa: BLE001 - one that fails must not silence the others
            _log.exception("%s: %s failed", self._name, key)
