"""News of executions inside this process: who waits for an execution is woken after each commit that touched it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

Callback = Callable[[], None]


class News:
    """Subscriptions by execution id; the id None hears about every execution."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: dict[str | None, set[Callback]] = {}

    def subscribe(self, execution_id: str | None, callback: Callback) -> Callback:
        """Call `callback`, from any thread, after each commit that touched the execution; returns the way out."""
        with self._lock:
            self._callbacks.setdefault(execution_id, set()).add(callback)

        def unsubscribe() -> None:
            with self._lock:
                subscribed = self._callbacks.get(execution_id, set())
                subscribed.discard(callback)
                if not subscribed:
                    self._callbacks.pop(execution_id, None)

        return unsubscribe

    def publish(self, execution_ids: Iterable[str]) -> None:
        """Wake everybody who waits for one of these executions."""
        with self._lock:
            wanted: set[str | None] = {None, *execution_ids}
            callbacks = {callback for name in wanted for callback in self._callbacks.get(name, ())}
        for callback in callbacks:
            callback()
