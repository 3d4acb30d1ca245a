"""The journal of the store, driven by hand: works wait until the stage commits some of them, or loses all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from gitops.errors import IllegalMove, StoreUnavailable
from gitops.store.database import Connection, Database
from gitops.store.journal import Journal, _Entry
from tests.simulation.fibers import Crash, FiberFuture

T = TypeVar("T")
Told = Callable[[BaseException], None]


class StepJournal(Journal):
    """Commits when it is told to. `committed` is called after each commit, before anybody hears of it.

    `fuse` counts callbacks down to the death of the process; `refuses` says whether the next commit fails.
    `told` hears of everything that a work raised.
    """

    def __init__(self, database: Database, *, committed: Callable[[], None], told: Told) -> None:
        super().__init__(database)
        super().close()  # its thread: there is none here
        self._closed = self._hurries = False
        self._thread = threading.current_thread()
        self._committed = committed
        self._told = told
        self.pending: list[_Entry[Any]] = []
        self.fuse: int | None = None
        self.refuses = False
        self.dead = False

    def submit(
        self, work: Callable[[Connection], T], *, durable: bool = False, patient: bool = False
    ) -> FiberFuture[T]:
        """See Journal."""
        if self.dead:
            raise Crash
        future: FiberFuture[T] = FiberFuture(self.commit)
        self.pending.append(_Entry(work, False, patient, future))
        return future

    def write(self, work: Callable[[Connection], T], *, durable: bool = False) -> T:
        """See Journal."""
        return self.submit(work).result()

    def flush(self) -> None:
        """See Journal."""
        while self.pending:
            self.commit()

    def commit(self, most: int | None = None) -> None:
        """Work off what waits, or the first `most` of it, in one transaction."""
        batch = self.pending[:most]
        del self.pending[: len(batch)]
        for entry in batch:
            if not entry.future.running():
                entry.future.set_running_or_notify_cancel()
        if batch:
            self._run(batch)
        # What was refused and can wait is tried again with the next works.
        self.pending[:0] = self._postponed
        self._postponed = []

    def die(self) -> None:
        """Lose everything that is not committed."""
        self.dead = True
        self.pending.clear()

    def close(self) -> None:
        """Nothing runs on its own here."""

    def _run(self, batch: list[_Entry[Any]]) -> None:
        super()._run(batch)
        for entry in batch:
            problem = entry.future.exception() if entry.future.done() else None
            if problem is not None:
                self._told(problem)

    def _commit(self, batch: list[_Entry[Any]]) -> None:
        if self.refuses:
            self.refuses = False
            raise StoreUnavailable("the store refuses for a moment")
        super()._commit(batch)

    def _announce(self, batch: list[_Entry[Any]]) -> None:
        self._committed()
        for entry in batch:
            entry.callbacks = [self._fused(callback) for callback in entry.callbacks]
        super()._announce(batch)

    def _fused(self, callback: Callable[[], object]) -> Callable[[], object]:
        def call() -> None:
            if self.fuse is not None:
                self.fuse -= 1
                if self.fuse < 0:
                    raise Crash
            callback()

        return call


def is_no_bug(problem: BaseException) -> bool:
    """Whether what was raised is an answer that the engine gives on purpose."""
    from gitops.errors import GitopsError

    return isinstance(problem, GitopsError) and not isinstance(problem, IllegalMove)
