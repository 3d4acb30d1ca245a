"""The base of every trigger: what creates executions, by the clock or by a call from outside."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from gitops.language.label import Labels
from gitops.language.model import Model
from gitops.language.scalars import TaskId, Templated
from gitops.language.task import Values, read_as


class Trigger(Model):
    """A declaration that creates executions: what every trigger type has."""

    ROOM: ClassVar[str] = "Trigger"

    id: TaskId = Field(description="Unique among the triggers of the flow.")
    type: str = Field(description="The trigger type.")
    description: str | None = Field(None, description="What the trigger is for, in Markdown.")
    disabled: bool = Field(False, description="A disabled trigger creates nothing.")
    inputs: Templated[Values] | None = Field(None, description="The inputs of the executions it creates.")
    labels: Labels | None = Field(None, description="Labels added to the executions it creates.")


class OpaqueTrigger(Trigger):
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


AnyTrigger = Annotated[Trigger, PlainValidator(_read_trigger), WithJsonSchema({"x-room": "Trigger"})]
