"""The base of every condition: what decides whether a trigger may create an execution.

A condition knows no clock and no store: what it looks at is handed over, and so is the way to render its expressions.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Self

from pydantic import ConfigDict, Field, PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema

from gitops.errors import ExpressionError
from gitops.language.gathering import Gathering
from gitops.language.model import Kind
from gitops.language.rendered import Render, read_rendered
from gitops.language.task import read_as
from gitops.language.upstream import Facts

_FALSE = ("", "false")


class Condition(Kind):
    """A test of the date or of the execution that a trigger looks at; the V2 dialect has `when` instead.

    `TIMED` says that a Schedule may have it: it needs nothing but a date.
    """

    ROOM: ClassVar[str] = "Condition"
    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "use `when`"
    TIMED: ClassVar[bool] = False

    type: str = Field(description="The condition type.")

    @abstractmethod
    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether an execution may be created; raises ExpressionError when that cannot be said."""

    def gathering(self) -> Gathering | None:
        """What must happen over time for the condition to hold; None when one look is enough."""
        return None

    def rendered(self, render: Render) -> Self:
        """The condition with its expressions rendered and read as their real types; raises ExpressionError."""
        return read_rendered(self, render)


def is_met(rendered: object) -> bool:
    """Whether the rendered expression of a condition holds: everything does but a blank text and `false`."""
    return str(rendered if rendered is not None else "").strip() not in _FALSE


class OpaqueCondition(Condition):
    """A condition of a type that is not installed here."""

    AVAILABLE: ClassVar[bool] = False
    model_config = ConfigDict(extra="allow")

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - nothing is known of it
        """Always refused: nobody knows what it means."""
        raise ExpressionError(f"the condition type `{self.type}` is not installed")


def _read_condition(value: object, info: ValidationInfo) -> object:
    return read_as(Condition.ROOM, value, info, OpaqueCondition)


AnyCondition = Annotated[
    Condition, SerializeAsAny(), PlainValidator(_read_condition), WithJsonSchema({"x-room": "Condition"})
]
Conditions = tuple[AnyCondition, ...]
