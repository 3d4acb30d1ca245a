"""Work that can be told to stop, from any thread, once."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Stoppable:
    """What attempts and evaluations of triggers share: `killed` and `on_kill` of RunContext, and the way to kill."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []
        self._killed = False

    @property
    def killed(self) -> bool:
        """See RunContext."""
        return self._killed

    def on_kill(self, stop: Callable[[], None]) -> None:
        """See RunContext."""
        with self._lock:
            self._stops.append(stop)
            late = self._killed
        if late:
            stop()

    def kill(self) -> None:
        """Tell the work to stop; telling it again does nothing."""
        with self._lock:
            stops = [] if self._killed else list(self._stops)
            self._killed = True
        for stop in stops:
            stop()
