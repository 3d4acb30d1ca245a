"""The scalar types of the flow language, each with its reading, its JSON Schema and the words of its errors.

A scalar that may hold an expression is declared `Templated[...]` or `TemplatedStr`: its text is accepted as it stands
when it holds an expression, and is read as the real type after rendering.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    StringConstraints,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ValidationError, core_schema

from gitops.language.formats import DURATION, FORMATS
from gitops.language.plain_scalars import written
from gitops.language.strictness import RENDERED

T = TypeVar("T")


class Level(StrEnum):
    """How loud a log line is, quietest first."""

    TRACE = "TRACE"
    DEBUG = "DEBUG"
    INFO = "INFO"
    WARN = "WARN"
    ERROR = "ERROR"

    @property
    def rank(self) -> int:
        """0 for TRACE up to 4 for ERROR."""
        return list(Level).index(self)


StateName = Literal[
    "CREATED",
    "SUBMITTED",
    "RUNNING",
    "PAUSED",
    "RESTARTED",
    "KILLING",
    "SUCCESS",
    "WARNING",
    "FAILED",
    "KILLED",
    "CANCELLED",
    "QUEUED",
    "RETRYING",
    "RETRIED",
    "SKIPPED",
    "BREAKPOINT",
    "RESUBMITTED",
]
"""The names of the states of executions and task runs, as flows write them."""


def holds_expression(value: object) -> bool:
    """Whether the value is text with an expression or a tag in it."""
    return isinstance(value, str) and ("{{" in value or "{%" in value)


class Template:
    """Marks a field whose text may hold expressions; see the module's docstring."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept unrendered text as it is; everything else must be of the real type."""
        real = handler(source)
        writing = core_schema.wrap_serializer_function_ser_schema(_write_template, schema=real)
        return core_schema.with_info_wrap_validator_function(_read_template, real, serialization=writing)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Text with an expression passes; anything else has the real type's schema."""
        real = handler(schema)
        if real.get("type") in ("string", ["string", "number", "boolean"]) and "enum" not in real:
            return {**real, "x-templated": True}
        return {
            "if": {"type": "string", "pattern": r"\{[{%]"},
            "then": {},
            "else": real,
            "x-templated": True,
        }


def _read_template(value: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    if not (info.context or {}).get(RENDERED):
        return value if holds_expression(value) else read(value)
    try:
        return read(value)
    except ValidationError:
        if not isinstance(value, str):
            raise
    try:
        return read(json.loads(value))
    except ValueError:
        return read(value)


def _write_template(value: object, write: SerializerFunctionWrapHandler) -> object:
    return value if holds_expression(value) else write(value)


def _text(value: object) -> object:
    """Numbers and booleans are read as text where text is expected, as YAML authors rely on."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return written(value) if isinstance(value, int | float) else value


Templated = Annotated[T, Template()]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number", "boolean"]})]
TemplatedStr = Annotated[Text, Template()]


def _identifier(pattern: str, longest: int, words: str) -> Any:  # noqa: ANN401 - an Annotated type has no type
    return (
        StringConstraints(strict=True, pattern=pattern, min_length=1, max_length=longest),
        WithJsonSchema(
            {
                "type": "string",
                "pattern": pattern,
                "minLength": 1,
                "maxLength": longest,
                "patternErrorMessage": words,
                "x-rule": "invalid-id",
            }
        ),
    )


_FLOW_ID = _identifier(
    r"^[a-zA-Z0-9][a-zA-Z0-9._-]*$",
    100,
    "letters, digits, `.`, `_` and `-`, starting with a letter or digit, at most 100 characters",
)
_NAMESPACE = _identifier(
    r"^[a-z0-9][a-z0-9._-]*$",
    150,
    "lower-case letters, digits, `.`, `_` and `-`, starting with a letter or digit, at most 150 characters",
)
_TASK_ID = _identifier(
    r"^[a-zA-Z0-9][a-zA-Z0-9_-]*$",
    256,
    "letters, digits, `_` and `-`, starting with a letter or digit, at most 256 characters",
)
_INPUT_ID = _identifier(
    r"^[a-zA-Z0-9][.a-zA-Z0-9_-]*$",
    256,
    "letters, digits, `.`, `_` and `-`, starting with a letter or digit, at most 256 characters",
)

FlowId = Annotated[str, *_FLOW_ID]
Namespace = Annotated[str, *_NAMESPACE]
TaskId = Annotated[str, *_TASK_ID]
InputId = Annotated[str, *_INPUT_ID]


def parse_duration(text: str) -> timedelta:
    """Read an ISO-8601 duration of weeks, days, hours, minutes and seconds; raise ValueError that says the form."""
    _check("duration", text)
    match = re.fullmatch(DURATION, text.strip())
    assert match is not None  # noqa: S101 - it was checked by the same pattern
    length = timedelta(**{name: float(value) for name, value in match.groupdict().items() if value})
    return -length if text.strip().startswith("-") else length


def format_duration(length: timedelta) -> str:
    """The ISO-8601 text of a duration, for instance PT1H30M or PT0.25S."""
    seconds = length.total_seconds()
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    tail = f"{rest:.6f}".rstrip("0").rstrip(".")
    text = (f"{hours:.0f}H" if hours else "") + (f"{minutes:.0f}M" if minutes else "") + (f"{tail}S" if rest else "")
    return f"{sign}PT{text or '0S'}"


def _read_duration(value: object) -> object:
    """Reads text; pydantic would also take a number, as seconds."""
    return value if isinstance(value, timedelta) else parse_duration(str(value))


Duration = Annotated[
    timedelta,
    BeforeValidator(_read_duration),
    PlainSerializer(format_duration, return_type=str),
    WithJsonSchema({"type": "string", "x-format": "duration"}),
]


def check_cron(text: str) -> str:
    """The cron expression itself when it can be read; else raise ValueError."""
    return _check("cron", text)


def check_cron_with_seconds(text: str) -> str:
    """The cron expression itself when it can be read and has seconds; else raise ValueError."""
    return _check("cron-with-seconds", text)


Cron = Annotated[str, AfterValidator(check_cron), WithJsonSchema({"type": "string", "x-format": "cron"})]


def check_zone(text: str) -> str:
    """The name of the time zone itself when it is known; else raise ValueError."""
    return _check("timezone", text)


Zone = Annotated[str, AfterValidator(check_zone), WithJsonSchema({"type": "string", "x-format": "timezone"})]


def check_pattern(text: str) -> str:
    """The regular expression itself when it can be read; else raise ValueError."""
    return _check("regex", text)


Pattern = Annotated[str, AfterValidator(check_pattern), WithJsonSchema({"type": "string", "x-format": "regex"})]


def _check(name: str, text: str) -> str:
    form = FORMATS[name]
    if not form.accepts(text):
        raise ValueError(f"expected {form.words}, found `{text}`")
    return text
