"""What can happen to an execution, as frozen values.

Every event about work is addressed by task run and attempt number, so that duplicates and late news fall through.
Each event has a stable name, used in the store's history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gitops.execution.effects import Purpose
from gitops.execution.state import Caller, State


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
    """The work is done. `state` is SUCCESS or WARNING.

    `began` is when the attempt that reports was claimed. A task run that was dropped and made anew counts its attempts
    from 1 again; this keeps reports of the old ones away from it. It is not part of the history.
    """

    task_run_id: str
    attempt: int
    outputs: Mapping[str, object] = field(default_factory=dict)
    state: State = State.SUCCESS
    began: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """The work failed for the reason in `message`; `outputs` are what it had produced, `began` as in a success."""

    task_run_id: str
    attempt: int
    message: str
    outputs: Mapping[str, object] = field(default_factory=dict)
    began: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AttemptLost:
    """The worker of the attempt vanished without a report."""

    task_run_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A date has come; the three are those of the `SetTimer` that asked for it."""

    purpose: Purpose
    subject: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Queued:
    """The execution was accepted and waits, because as many executions of its flow run as may."""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The execution was accepted and ends at once, unrun: in `state` (CANCELLED or FAILED), for the reason given."""

    state: State
    message: str


@dataclass(frozen=True, slots=True)
class Unqueued:
    """A queued execution leaves the queue: into RUNNING, or into an end that somebody chose for it."""

    state: State = State.RUNNING


@dataclass(frozen=True, slots=True)
class ChildBegun:
    """The worker of a WorkingDirectory begins one of its tasks: the task run and its attempt are made."""

    task_run_id: str
    attempt: int
    task_id: str


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """An execution that a task run called for has ended.

    `outputs` are those of its flow, or what the task wants of it; `problem` says why these cannot be made.
    """

    task_run_id: str
    attempt: int
    index: int
    child_id: str
    state: State
    outputs: Mapping[str, object] | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ChildCreated:
    """An execution that a task run called for was created."""

    task_run_id: str
    attempt: int
    index: int
    child_id: str
    state: State = State.CREATED


@dataclass(frozen=True, slots=True)
class ChildRefused:
    """An execution that a task run called for cannot be created, for the reason in `message`."""

    task_run_id: str
    attempt: int
    index: int
    message: str


@dataclass(frozen=True, slots=True)
class ChildGone:
    """What a call of a task run created before was deleted and cannot be restarted: it is called for anew."""

    task_run_id: str
    attempt: int
    index: int = 0


@dataclass(frozen=True, slots=True)
class PauseAsked:
    """Somebody wants that nothing new begins; what runs goes on to its end."""


@dataclass(frozen=True, slots=True)
class ResumeAsked:
    """Somebody wants the execution to go on: from one paused task run, or from all that is paused.

    `inputs` are read and fit what the pause asks for. `by` is who resumed, None when nobody is known.
    `decision` is what a reviewer said, for an approval: APPROVED or DENIED.
    """

    task_run_id: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    by: str | None = None
    comment: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class KillAsked:
    """Somebody wants the execution to end now; with `cascade` the executions that it called for too."""

    cascade: bool = True


@dataclass(frozen=True, slots=True)
class RestartAsked:
    """Somebody wants what failed to run again; `caller` is the task run that waits for the end from now on."""

    caller: Caller | None = None


@dataclass(frozen=True, slots=True)
class ForceRunAsked:
    """Somebody wants the execution to run now, whatever it waits for."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """Somebody says that an ended execution ended otherwise."""

    state: State


@dataclass(frozen=True, slots=True)
class TaskRunMarked:
    """Somebody says how a task run ended; the execution goes on from there."""

    task_run_id: str
    state: State


@dataclass(frozen=True, slots=True)
class LabelsSet:
    """The labels of the execution are these now."""

    labels: tuple[tuple[str, str], ...]


Event = (
    Created
    | Queued
    | TurnedAway
    | Unqueued
    | AttemptStarted
    | AttemptSucceeded
    | AttemptFailed
    | AttemptLost
    | TimerFired
    | ChildBegun
    | ChildCreated
    | ChildEnded
    | ChildRefused
    | ChildGone
    | PauseAsked
    | ResumeAsked
    | KillAsked
    | RestartAsked
    | ForceRunAsked
    | StateChanged
    | TaskRunMarked
    | LabelsSet
)
