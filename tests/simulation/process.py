"""One life of the service's process: the real engine over the real store, with queue, timers and threads by hand."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from gitops.engine.engine import Engine
from gitops.engine.queues.queue import Assignment, Work
from gitops.storage.storage import Storage
from gitops.store.change import Change
from gitops.store.database import Connection, Database
from gitops.store.executions import Executions
from gitops.store.store import Store
from tests.simulation.clockwork import HandTimers
from tests.simulation.fibers import Fiber, FiberEvent
from tests.simulation.journal import StepJournal, Told
from tests.simulation.work import KINDS

SLOTS = 4
Note = Callable[[Iterable[Change]], None]


class HandQueue:
    """Assignments wait until the stage hands them out, in any order; `kept` workers wait for one that is promised."""

    def __init__(self, is_free: Callable[[], bool]) -> None:
        self.waiting: list[Assignment] = []
        self.work: Work | None = None
        self.kept = 0
        self._is_free = is_free

    def start(self, work: Work) -> None:
        """See Queue."""
        self.work = work

    def reserve(self) -> bool:
        """See Queue."""
        free = self.work is not None and self._is_free()
        self.kept += free
        return free

    def give_back(self) -> None:
        """See Queue."""
        self.kept -= 1

    def put(self, assignment: Assignment, *, reserved: bool = False) -> None:
        """See Queue."""
        self.kept -= reserved
        self.waiting.append(assignment)

    def stop(self) -> None:
        """See Queue."""
        self.waiting.clear()


class NotedExecutions(Executions):
    """Says what is written."""

    def __init__(self, note: Note) -> None:
        self._note = note

    def save(self, connection: Connection, changes: Iterable[Change]) -> None:
        """See Executions."""
        changes = list(changes)
        super().save(connection, changes)
        self._note(changes)


class Process:
    """Everything that is lost when the process dies; what it has committed is in the database."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        note: Note,
        forget: Callable[[], None],
        committed: Callable[[], None],
        told: Told,
        is_free: Callable[[], bool],
    ) -> None:
        self.journal = StepJournal(database, committed=committed, told=told)
        self.journal.on_rollback(forget)
        self.timers = HandTimers()
        self.queue = HandQueue(is_free)
        self.fibers: list[Fiber] = []
        self.store = Store(database, self.journal, executions=NotedExecutions(note))
        self.engine = Engine(
            self.store,
            Storage(str(folder / "storage")),
            kinds=KINDS,
            queue=self.queue,
            timers=self.timers,
            work=folder / "work",
            variables={},
        )

    def spawn(self, name: str, call: Callable[[], object]) -> None:
        """Let a call begin."""
        self.fibers.append(Fiber(name, call))

    def hand_out(self, assignment: Assignment) -> None:
        """Let a worker have an assignment."""
        work = self.queue.work
        assert work is not None
        self.spawn(f"worker {assignment.task_run_id} {assignment.attempt}", lambda: work(assignment))

    @property
    def workers(self) -> int:
        """How many workers are busy."""
        return sum(fiber.name.startswith("worker") for fiber in self.fibers)

    def die(self) -> None:
        """Lose the memory."""
        self.journal.die()
        for fiber in self.fibers:
            fiber.end()
        self.fibers.clear()
        self.store.database.close()


@contextmanager
def without_threads() -> Iterator[None]:
    """Let the parts of the engine that use threads by themselves use fibers."""

    def thread(target: Callable[[], object], name: str, daemon: bool) -> SimpleNamespace:
        return SimpleNamespace(start=target)

    with (
        patch("gitops.engine.workers.worker.threading", SimpleNamespace(Lock=threading.Lock, Thread=thread)),
        patch("gitops.engine.workers.held_children.threading", SimpleNamespace(Event=FiberEvent)),
    ):
        yield


class Complaints(logging.Handler):
    """Hands on what the engine only tells its log: swallowed, it would be lost here."""

    def __init__(self, told: Told) -> None:
        super().__init__(logging.ERROR)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        """See Handler."""
        problem = record.exc_info[1] if record.exc_info else None
        self._told(problem or AssertionError(record.getMessage()))

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen, and keep it off the screen."""
        log = logging.getLogger("gitops")
        propagates, log.propagate = log.propagate, False
        log.addHandler(self)
        try:
            yield
        finally:
            log.removeHandler(self)
            log.propagate = propagates
