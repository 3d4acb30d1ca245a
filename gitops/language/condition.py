"""The base of every condition: what decides whether a trigger may create an execution."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema

from gitops.language.model import Kind
from gitops.language.task import read_as


class Condition(Kind):
    """A test of the date or of the execution that a trigger looks at; the V2 dialect has `when` instead.

    `TIMED` says that a Schedule may have it: it needs nothing but a date.
    """

    ROOM: ClassVar[str] = "Condition"
    AVAILABLE: ClassVar[bool] = False
    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "use `when`"
    TIMED: ClassVar[bool] = False

    type: str = Field(description="The condition type.")


class OpaqueCondition(Condition):
    """A condition of a type that is not installed here."""

    model_config = ConfigDict(extra="allow")


def _read_condition(value: object, info: ValidationInfo) -> object:
    return read_as(Condition.ROOM, value, info, OpaqueCondition)


AnyCondition = Annotated[
    Condition, SerializeAsAny(), PlainValidator(_read_condition), WithJsonSchema({"x-room": "Condition"})
]
Conditions = tuple[AnyCondition, ...]
