"""What can happen to an execution, as frozen values.

Every event about work is addressed by task run and attempt number, so that duplicates and late news fall through.
Each event has a stable name, used in the store's history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gitops.execution.state import State


@dataclass(frozen=True, slots=True)
class Created:
    """The execution was accepted and may begin."""


@dataclass(frozen=True, slots=True)
class AttemptStarted:
    """A worker claims the attempt; the claim holds only if this event changes the execution."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class AttemptSucceeded:
    """The work is done. `state` is SUCCESS or WARNING."""

    task_run_id: str
    attempt: int
    outputs: Mapping[str, object] = field(default_factory=dict)
    state: State = State.SUCCESS


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """The work failed for the reason in `message`; `outputs` are what it had produced."""

    task_run_id: str
    attempt: int
    message: str
    outputs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttemptLost:
    """The worker of the attempt vanished without a report."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The wait after the attempt is over: it is time for the next one."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class KillAsked:
    """Somebody wants the execution to end now."""


Event = Created | AttemptStarted | AttemptSucceeded | AttemptFailed | AttemptLost | TimerFired | KillAsked
