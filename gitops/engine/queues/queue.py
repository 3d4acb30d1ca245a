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

    def put(self, assignment: Assignment) -> None:
        """Accept an assignment; never blocks on work."""
        ...

    def stop(self) -> None:
        """Hand out nothing more and return when nothing runs."""
        ...
