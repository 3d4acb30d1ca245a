"""The base of every trigger: what creates executions, by the clock, by a call, or after executions of other flows."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema

from gitops.language.condition import Conditions
from gitops.language.gathering import Gathering
from gitops.language.label import Label, Labels
from gitops.language.model import Kind, removed
from gitops.language.rendered import Render
from gitops.language.scalars import Level, StateName, TaskId, Templated, TemplatedStr, Text
from gitops.language.task import Assets, Values, read_as
from gitops.language.worker import WorkerGroup, WorkerSelector

Admits = Callable[[datetime], bool]
"""Whether the conditions of a trigger hold at a date."""

_MOMENT = timedelta(microseconds=1)


class Trigger(Kind):
    """A declaration that creates executions: what every trigger type has."""

    ROOM: ClassVar[str] = "Trigger"
    RENAMED: ClassVar[Mapping[str, str]] = {"minLogLevel": "logLevel"}

    id: TaskId = Field(description="Unique among the triggers of the flow.")
    type: str = Field(description="The trigger type.")
    version: Text | None = Field(None, description="The version of the plugin.")
    description: Text | None = Field(None, description="What the trigger is for, in Markdown.")
    disabled: bool = Field(False, description="A disabled trigger creates nothing.")
    inputs: Templated[Values] | None = Field(None, description="The inputs of the executions it creates.")
    labels: Labels | None = Field(None, description="Labels added to the executions it creates.")
    conditions: Conditions = Field(
        (), description="All must hold, else no execution is created.", json_schema_extra=removed("use `when`")
    )
    when: TemplatedStr | None = Field(None, description="No execution is created when this renders to a false value.")
    stop_after: tuple[StateName, ...] = Field(
        (),
        description="The trigger is disabled once an execution of it ends in one of these states.",
    )
    allow_concurrent: bool = Field(False, description="Fire again although the last execution still runs.")
    fail_on_trigger_error: bool = Field(False, description="Create a FAILED execution when the trigger cannot decide.")
    log_level: Level = Field(Level.TRACE, description="The quietest level that is kept of this trigger's log.")
    log_to_file: bool = Field(False, description="Keep the log as a file in internal storage.")
    assets: Assets | None = Field(None, description="The data that the executions read and write.")
    worker_group: WorkerGroup | None = Field(
        None,
        description="The workers that may evaluate the trigger.",
        json_schema_extra=removed("use `workerSelector`"),
    )
    worker_selector: WorkerSelector | None = Field(
        None, description="The workers that may evaluate the trigger, by tags."
    )

    def tested(self) -> Conditions:
        """The conditions that decide about one execution."""
        return self.conditions

    def first_date(self, now: datetime) -> datetime | None:  # noqa: ARG002 - for those that the clock wakes
        """When a trigger that is deployed now must be looked at; None when the clock does not wake it."""
        return None

    def fingerprint(self) -> str:
        """A text that is the same as long as the declaration is."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class UnavailableTrigger(Trigger):
    """The base of trigger types that flows may hold, and that this version does not fire: deploying says so."""

    AVAILABLE: ClassVar[bool] = False


class OpaqueTrigger(UnavailableTrigger):
    """A trigger of a type that is not installed here."""

    model_config = ConfigDict(extra="allow")


class TimedTrigger(Trigger):
    """A trigger that the clock fires at dates."""

    recover_missed_schedules: Literal["ALL", "LAST", "NONE"] | None = Field(
        None,
        description="Which of the dates that passed while the service was away, or the trigger switched off, are made "
        "up for; ALL if absent.",
    )

    @abstractmethod
    def coming(self, after: datetime) -> Iterator[datetime]:
        """The dates after `after`, earliest first."""

    @abstractmethod
    def variables(self, date: datetime, admits: Admits) -> Mapping[str, object]:
        """What `trigger.*` holds in an execution made for `date`."""

    def rendered(self, render: Render) -> Self:  # noqa: ARG002 - most have dates without expressions
        """The trigger with the expressions in its dates rendered; raises ExpressionError."""
        return self

    def lateness_limit(self) -> timedelta | None:
        """How late a date may be; None when there is no limit."""
        return None

    def next_date(self, after: datetime) -> datetime | None:
        """The first date after `after`; None when there is none."""
        return next(self.coming(after), None)

    def first_date(self, now: datetime) -> datetime | None:
        """Its next date."""
        return self.next_date(now)

    def recovered(self, first: datetime, now: datetime) -> datetime | None:
        """The date to go on with when those from `first` to now were missed."""
        if first > now or self.recover_missed_schedules in (None, "ALL"):
            return first
        coming = self.next_date(now)
        if self.recover_missed_schedules == "NONE":
            return coming
        last = None
        for date in self.coming(first - _MOMENT):
            if date > now:
                break
            last = date
        return last or coming

    def from_date(self, date: datetime) -> datetime | None:
        """The first date that is not before `date`."""
        return self.next_date(date - _MOMENT)


class CalledTrigger(Trigger):
    """A trigger that a request from outside fires. `wait` answers after the execution, which `return_outputs` needs."""

    key: str
    wait: bool
    return_outputs: bool
    response_content_type: Literal["application/json", "text/plain"]
    response_code: Templated[int] | None
    fetch_type: Literal["FETCH", "STORE"]


class FollowingTrigger(Trigger):
    """A trigger that executions of other flows fire."""

    states: tuple[StateName, ...]

    @abstractmethod
    def gatherings(self) -> Sequence[Gathering]:
        """What must happen over time, all of it; empty when one execution is enough."""

    @abstractmethod
    def labels_of_misses(self) -> Sequence[Label] | None:
        """The labels of the FAILED execution for a span that ended too early; None when there shall be none."""


def _read_trigger(value: object, info: ValidationInfo) -> object:
    return read_as(Trigger.ROOM, value, info, OpaqueTrigger)


AnyTrigger = Annotated[Trigger, SerializeAsAny(), PlainValidator(_read_trigger), WithJsonSchema({"x-room": "Trigger"})]
