"""What must be done after a move, as frozen values. The machine only names the work; the engine does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gitops.execution.state import Caller, State
from gitops.language.scalars import Level


class Purpose(StrEnum):
    """What a timer is for."""

    RETRY = "RETRY"
    RESUME = "RESUME"
    TIMEOUT = "TIMEOUT"
    LOOP = "LOOP"
    START = "START"
    SLA = "SLA"


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
    """Send `TimerFired` with the same purpose, subject and number at the given instant.

    `subject` is the id of a task run, the id of an agreement for SLA, and empty for START.
    """

    at: datetime
    purpose: Purpose
    subject: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class StartChild:
    """Create an execution of another flow for a task run that waits for it, or that only starts it.

    `caller` is where its end is reported to; `inputs` are rendered and not yet read. `wait` says whether the end is
    reported. A failure to create it is reported as `ChildRefused`.
    """

    caller: Caller
    namespace: str
    flow_id: str
    revision: int | None
    inputs: Mapping[str, object]
    labels: tuple[tuple[str, str], ...]
    schedule_date: datetime | None
    wait: bool
    task_type: str


@dataclass(frozen=True, slots=True)
class KillChildren:
    """Kill the executions that this one, or one task run of it, waits for and that have not ended."""

    task_run_id: str | None = None


@dataclass(frozen=True, slots=True)
class RestartChild:
    """Restart the execution that a call created before, unless it ended well; `ChildGone` says that it was deleted."""

    caller: Caller


@dataclass(frozen=True, slots=True)
class StartOver:
    """Create a new execution of the flow in place of this one, which ends as RETRIED."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Announce:
    """The execution is now in `state`: let waiters, pages and commit statuses know."""

    state: State


@dataclass(frozen=True, slots=True)
class WriteLog:
    """Write a line that no worker writes: what the machine itself has to tell."""

    task_run_id: str | None
    level: Level
    message: str


Effect = (
    StartAttempt | CancelAttempt | SetTimer | StartChild | RestartChild | KillChildren | StartOver | WriteLog | Announce
)
