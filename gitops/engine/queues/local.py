"""Carries attempts to threads of this process: the embedded default."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from gitops.engine.queues.queue import Assignment, Work

_log = logging.getLogger(__name__)


class LocalQueue:
    """A pool of worker threads; `slots` is how many attempts run at once."""

    def __init__(self, slots: int) -> None:
        self._threads = ThreadPoolExecutor(max_workers=slots, thread_name_prefix="worker")
        self._work: Work | None = None
        self._waiting: list[Assignment] = []
        self._lock = threading.Lock()
        self._free = slots

    def start(self, work: Work) -> None:
        """Begin to hand assignments to `work`, those first that were put before the start."""
        self._work = work
        waiting, self._waiting = self._waiting, []
        for assignment in waiting:
            self.put(assignment)

    def reserve(self) -> bool:
        """See Queue; no thread is free before the start, so that nothing begins while lost attempts are looked for."""
        with self._lock:
            free = self._work is not None and self._free > 0
            self._free -= free
        return free

    def give_back(self) -> None:
        """See Queue."""
        with self._lock:
            self._free += 1

    def put(self, assignment: Assignment, *, reserved: bool = False) -> None:
        """Hand the assignment to the next free thread."""
        if self._work is None:
            self._waiting.append(assignment)
            return
        if not reserved:
            with self._lock:
                self._free -= 1
        self._threads.submit(self._work, assignment).add_done_callback(self._done)

    def stop(self) -> None:
        """Drop what has not begun and wait for what has."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _done(self, done: Future[None]) -> None:
        """What a worker could not even report (the store refuses) is told here; the next start finds the attempt."""
        self.give_back()
        if not done.cancelled() and (error := done.exception()) is not None:
            _log.error("an attempt could not be worked on: %s", error)
