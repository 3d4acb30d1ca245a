"""What must be done after a move, as frozen values. The machine only names the work; the engine does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gitops.execution.state import State


@dataclass(frozen=True, slots=True)
class StartAttempt:
    """Hand the attempt to a worker."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class CancelAttempt:
    """Tell the worker of the attempt to stop; it still reports an end."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Send `TimerFired` for the task run and attempt at the given instant."""

    at: datetime
    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Announce:
    """The execution is now in `state`: let waiters, pages and commit statuses know."""

    state: State


Effect = StartAttempt | CancelAttempt | SetTimer | Announce
