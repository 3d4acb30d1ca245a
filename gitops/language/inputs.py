"""Input types: how an input is declared, and how a given value is read and checked.

A reader returns the typed value or raises ValueError with the reason, as an author would read it.
"""

from __future__ import annotations

import json
import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from gitops.errors import InputProblem, InvalidInputs
from gitops.language.model import Model
from gitops.language.scalars import InputId

Render = Callable[[object], object]


class Input(Model):
    """A value that an execution is started with: what every input type has."""

    id: InputId = Field(description="Unique among the inputs; a dot builds a nested value.")
    type: str = Field(description="The type of the value.")
    description: str | None = Field(None, description="What the value means, in Markdown.")
    display_name: str | None = Field(None, max_length=64, description="The name that people see.")
    required: bool = Field(True, description="Whether an execution needs a value.")
    defaults: Any = Field(None, description="The value when none is given; may hold an expression.")

    @abstractmethod
    def read(self, value: object) -> object:
        """The typed value; raise ValueError with the reason when it does not fit."""


class StringInput(Input):
    """Text, as it is given."""

    type: Literal["STRING"]
    validator: str | None = Field(None, description="A regular expression that the whole text must match.")

    def read(self, value: object) -> object:
        """The text; numbers and booleans are taken by their text."""
        text = value if isinstance(value, str) else json.dumps(value)
        if self.validator is not None and not re.fullmatch(self.validator, text):
            raise ValueError(f"it must match the pattern `{self.validator}`")
        return text


class IntInput(Input):
    """A whole number."""

    type: Literal["INT"]
    min: int | None = Field(None, description="The smallest value.")
    max: int | None = Field(None, description="The largest value.")

    def read(self, value: object) -> object:
        """The number, from a number or its text."""
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError("it must be a whole number")  # noqa: TRY004 - one error type for all readers
        try:
            number = int(value)
        except ValueError:
            raise ValueError("it must be a whole number") from None
        return _in_range(number, self.min, self.max)


class FloatInput(Input):
    """A number."""

    type: Literal["FLOAT"]
    min: float | None = Field(None, description="The smallest value.")
    max: float | None = Field(None, description="The largest value.")

    def read(self, value: object) -> object:
        """The number, from a number or its text."""
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError("it must be a number")  # noqa: TRY004 - one error type for all readers
        try:
            number = float(value)
        except ValueError:
            raise ValueError("it must be a number") from None
        return _in_range(number, self.min, self.max)


class BoolInput(Input):
    """True or false; BOOLEAN is the old spelling."""

    type: Literal["BOOL", "BOOLEAN"]

    def read(self, value: object) -> object:
        """The boolean, from a boolean or the texts true and false."""
        text = str(value).lower()
        if text not in ("true", "false"):
            raise ValueError("it must be `true` or `false`")
        return text == "true"


class SelectInput(Input):
    """One of several texts; ENUM is the old spelling."""

    type: Literal["SELECT", "ENUM"]
    values: tuple[str, ...] = Field(min_length=1, description="The texts to choose from.")
    allow_custom_value: bool = Field(False, description="Whether any other text is accepted too.")

    def read(self, value: object) -> object:
        """The text, when it is one of the values."""
        if not self.allow_custom_value and value not in self.values:
            raise ValueError("it must match the values `[" + ", ".join(self.values) + "]`")
        return value


class DatetimeInput(Input):
    """An instant such as 2024-01-01T00:00:00Z."""

    type: Literal["DATETIME"]
    after: datetime | None = Field(None, description="The earliest instant.")
    before: datetime | None = Field(None, description="The latest instant.")

    def read(self, value: object) -> object:
        """The instant, with its zone; a date without a zone is in UTC."""
        try:
            instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            raise ValueError("it must be an ISO-8601 instant such as 2024-01-01T00:00:00Z") from None
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        if self.after is not None and aware < self.after:
            raise ValueError(f"it must be after `{self.after.isoformat()}`")
        if self.before is not None and aware > self.before:
            raise ValueError(f"it must be before `{self.before.isoformat()}`")
        return aware


class JsonInput(Input):
    """A JSON text, handed on as the value it describes."""

    type: Literal["JSON"]

    def read(self, value: object) -> object:
        """The value, from its JSON text or as it is."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise ValueError(f"it must be JSON: {error}") from None


INPUT_TYPES: Mapping[str, type[Input]] = {
    "STRING": StringInput,
    "INT": IntInput,
    "FLOAT": FloatInput,
    "BOOL": BoolInput,
    "BOOLEAN": BoolInput,
    "SELECT": SelectInput,
    "ENUM": SelectInput,
    "DATETIME": DatetimeInput,
    "JSON": JsonInput,
}


class UnknownInput(Input):
    """An input of a type that is not known here."""

    def read(self, value: object) -> object:
        """Always refused."""
        raise ValueError(f"its type `{self.type}` is not known, so `{value}` cannot be read")


def _read_input(value: object, info: ValidationInfo) -> object:
    name = value.get("type") if isinstance(value, Mapping) else None
    known = INPUT_TYPES.get(name) if isinstance(name, str) else None
    return (known or UnknownInput).model_validate(value, context=info.context)


AnyInput = Annotated[Input, PlainValidator(_read_input), WithJsonSchema({"x-room": "Input"})]


def cast_value(type_name: str, value: object) -> object:
    """A value as an input of that type would read it; choices are not checked. Raises ValueError with the reason."""
    plain = "STRING" if INPUT_TYPES[type_name] is SelectInput else type_name
    return INPUT_TYPES[plain](id="value", type=plain).read(value)


def _in_range(number: float, smallest: float | None, largest: float | None) -> float:
    if smallest is not None and number < smallest:
        raise ValueError(f"it must be more than `{smallest}`")
    if largest is not None and number > largest:
        raise ValueError(f"it must be less than `{largest}`")
    return number


def resolve_inputs(inputs: Iterable[Input], given: Mapping[str, object], render: Render) -> dict[str, object]:
    """The inputs of one execution: given values or rendered defaults, typed, dotted ids nested.

    Raises InvalidInputs with every problem at once, unknown ids included.
    """
    declared = list(inputs)
    known = {declaration.id for declaration in declared}
    problems = [InputProblem(name, f"Unknown input `{name}`") for name in given if name not in known]
    resolved: dict[str, object] = {}
    for declaration in declared:
        try:
            _nest(resolved, declaration.id.split("."), _value_of(declaration, given, render))
        except ValueError as error:
            problems.append(_problem(declaration, given.get(declaration.id), str(error)))
    if problems:
        raise InvalidInputs(tuple(problems))
    return resolved


def _value_of(declaration: Input, given: Mapping[str, object], render: Render) -> object:
    value = given.get(declaration.id)
    if value is None and declaration.defaults is not None:
        value = render(declaration.defaults)
    if value is None and declaration.required:
        raise ValueError("missing required input")
    return None if value is None else declaration.read(value)


def _problem(declaration: Input, value: object, reason: str) -> InputProblem:
    return InputProblem(declaration.id, f"Invalid input for `{declaration.id}`, {reason}, but received `{value}`")


def _nest(target: dict[str, object], keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        inner = target.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ValueError(f"`{key}` is already a value and cannot hold another")  # noqa: TRY004 - an author's mistake
        target = inner
    target[keys[-1]] = value
