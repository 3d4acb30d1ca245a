"""Carries attempts to threads of this process: the embedded default."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from gitops.engine.queues.queue import Assignment, Work

_log = logging.getLogger(__name__)


class LocalQueue:
    """A pool of worker threads; `slots` is how many attempts run at once."""

    def __init__(self, slots: int) -> None:
        self._threads = ThreadPoolExecutor(max_workers=slots, thread_name_prefix="worker")
        self._work: Work | None = None
        self._waiting: list[Assignment] = []

    def start(self, work: Work) -> None:
        """Begin to hand assignments to `work`, those first that were put before the start."""
        self._work = work
        waiting, self._waiting = self._waiting, []
        for assignment in waiting:
            self.put(assignment)

    def put(self, assignment: Assignment) -> None:
        """Hand the assignment to the next free thread."""
        if self._work is None:
            self._waiting.append(assignment)
        else:
            self._threads.submit(self._work, assignment).add_done_callback(_tell)

    def stop(self) -> None:
        """Drop what has not begun and wait for what has."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _tell(done: Future[None]) -> None:
    """What a worker could not even report (the store refuses) is told here; the attempt is found at the next start."""
    if not done.cancelled() and (error := done.exception()) is not None:
        _log.error("an attempt could not be worked on: %s", error)
