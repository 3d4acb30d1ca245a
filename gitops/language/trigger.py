"""The base of every trigger: what creates executions, by the clock or by a call from outside."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema

from gitops.language.condition import Conditions
from gitops.language.label import Labels
from gitops.language.model import UNAVAILABLE, Kind, removed
from gitops.language.scalars import Level, StateName, TaskId, Templated, TemplatedStr, Text
from gitops.language.task import Assets, Values, read_as
from gitops.language.worker import WorkerGroup, WorkerSelector


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
    when: TemplatedStr | None = Field(
        None,
        description="No execution is created when this renders to a false value.",
        json_schema_extra=UNAVAILABLE,
    )
    stop_after: tuple[StateName, ...] = Field(
        (),
        description="The trigger is disabled once an execution of it ends in one of these states.",
        json_schema_extra=UNAVAILABLE,
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


class UnavailableTrigger(Trigger):
    """The base of trigger types that flows may hold, and that this version does not fire: deploying says so."""

    AVAILABLE: ClassVar[bool] = False


class OpaqueTrigger(UnavailableTrigger):
    """A trigger of a type that is not installed here."""

    model_config = ConfigDict(extra="allow")


class TimedTrigger(Trigger):
    """A trigger that the clock fires."""

    @abstractmethod
    def next_date(self, after: datetime) -> datetime | None:
        """The first date after `after`; None when there is none."""

    @abstractmethod
    def variables(self, date: datetime) -> Mapping[str, object]:
        """What `trigger.*` holds in an execution made for `date`."""


class CalledTrigger(Trigger):
    """A trigger that a request from outside fires."""

    key: str

    @abstractmethod
    def variables(
        self, body: bytes, headers: Mapping[str, list[str]], parameters: Mapping[str, list[str]]
    ) -> Mapping[str, object]:
        """What `trigger.*` holds in an execution made by this request."""


def _read_trigger(value: object, info: ValidationInfo) -> object:
    return read_as(Trigger.ROOM, value, info, OpaqueTrigger)


AnyTrigger = Annotated[Trigger, SerializeAsAny(), PlainValidator(_read_trigger), WithJsonSchema({"x-room": "Trigger"})]
