"""What every queue offers: it carries attempts to workers, in the order they were given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Assignment:
    """An attempt for a worker to claim and run."""

    execution_id: str
    task_run_id: str
    attempt: int


Work = Callable[[Assignment], None]


class Queue(Protocol):
    """Carries assignments to workers; an assignment may arrive twice, its claim holds once."""

    def start(self, work: Work) -> None:
        """Begin to hand assignments to `work`."""
        ...

    def reserve(self) -> bool:
        """Keep a worker of this process free for an assignment that is put soon; False when none is.

        Such an attempt may be claimed before it is put, which saves its worker a transaction.
        """
        ...

    def give_back(self) -> None:
        """Give back a worker that was kept for an assignment that will not be put."""
        ...

    def put(self, assignment: Assignment, *, reserved: bool = False) -> None:
        """Accept an assignment; never blocks on work. `reserved` says that a worker was kept for it."""
        ...

    def stop(self) -> None:
        """Hand out nothing more and return when nothing runs."""
        ...
