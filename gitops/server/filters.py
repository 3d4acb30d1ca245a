"""Filters of searches as clients of Kestra 1.x write them: `filters[field][OPERATOR]=value`.

A filter that is not understood is refused, never passed over: the same query chooses what is killed or deleted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import TypeVar

from gitops.errors import InvalidUsage
from gitops.execution.state import State
from gitops.language.scalars import Level, parse_duration
from gitops.store.conditions import Condition, Operator

E = TypeVar("E", bound=Enum)
Make = Callable[[Operator, list[str]], Condition]
"""Makes a condition of an operator and of texts; raises ValueError that says what it expected."""

_PARAMETER = re.compile(r"filters\[(?P<field>[^\]]*)\]\[(?P<operator>[^\]]*)\](?:\[(?P<key>.*)\])?")
_FORM = "`filters[field][OPERATOR]=value`"
_SYSTEM = "system"
_GROUPS = ("and", "or")

_EQUAL = ("EQUALS", "NOT_EQUALS", "IN", "NOT_IN")
_TEXT = (*_EQUAL, "CONTAINS", "NOT_CONTAINS", "STARTS_WITH", "ENDS_WITH")
_ORDER = ("GREATER_THAN", "GREATER_THAN_OR_EQUAL_TO", "LESS_THAN", "LESS_THAN_OR_EQUAL_TO")
_NULL = ("IS_NULL", "IS_NOT_NULL")
_NEGATIONS = {
    "NOT_EQUALS": Operator.IN,
    "NOT_IN": Operator.IN,
    "NOT_CONTAINS": Operator.CONTAINS,
    "IS_NOT_NULL": Operator.IS_NULL,
}


@dataclass(frozen=True, slots=True)
class Field:
    """What can be asked of a field, and how values become a condition. With `keyed` they are `key:value`."""

    operators: tuple[str, ...]
    make: Make
    keyed: bool = False


def is_filter(parameter: str) -> bool:
    """Whether a parameter of a query is meant as a filter."""
    return parameter == "filters" or parameter.startswith("filters[")


def read_filters(parameters: Iterable[tuple[str, str]], fields: Mapping[str, Field]) -> tuple[Condition, ...]:
    """The conditions of a query, other parameters passed over; raises InvalidUsage."""
    return tuple(_condition(name, value, fields) for name, value in parameters if is_filter(name))


def _condition(name: str, value: str, fields: Mapping[str, Field]) -> Condition:
    match = _PARAMETER.fullmatch(name)
    if match is None or match["field"] in _GROUPS:
        raise InvalidUsage(f"{name}: expected {_FORM}; groups of filters (`and`, `or`) are not known")
    field = fields.get(match["field"])
    if field is None:
        raise InvalidUsage(f"{name}: expected one of the fields {', '.join(fields)}, found `{match['field']}`")
    word = match["operator"]
    if word not in field.operators:
        raise InvalidUsage(f"{name}: expected one of the operators {', '.join(field.operators)}, found `{word}`")
    operator = Operator.IN if word == "EQUALS" else _NEGATIONS.get(word) or Operator(word)
    values = [part.strip() for part in value.split(",")] if word in ("IN", "NOT_IN") else [value]
    if match["key"] is not None:
        if not field.keyed:
            raise InvalidUsage(f"{name}: expected {_FORM}; only labels have a key")
        values = [f"{match['key']}:{each}" for each in values]
    try:
        made = field.make(operator, values)
    except ValueError as error:
        raise InvalidUsage(f"{name}: {error}") from None
    return replace(made, negated=made.negated != (word in _NEGATIONS))


def texts(field: str, *more: str) -> Field:
    """A field that holds a text; `more` are operators besides those that every text has."""
    return Field((*_TEXT, *more), lambda operator, values: Condition(field, operator, tuple(values)))


def names(field: str) -> Field:
    """A field whose names lie in one another, such as namespaces."""
    return texts(field, "PREFIX")


def optional_texts(field: str) -> Field:
    """A field that may hold nothing."""
    return Field(
        (*_TEXT, *_NULL),
        lambda operator, values: Condition(field, operator, () if operator is Operator.IS_NULL else tuple(values)),
    )


def numbers(field: str) -> Field:
    """A field that holds a whole number."""
    return Field(
        (*_EQUAL, *_ORDER), lambda operator, values: Condition(field, operator, tuple(map(_read_number, values)))
    )


def dates(field: str) -> Field:
    """A field that holds an instant; one without a zone is in UTC."""
    return Field(
        (*_EQUAL, *_ORDER), lambda operator, values: Condition(field, operator, tuple(map(_read_date, values)))
    )


def states(field: str) -> Field:
    """A field that holds a state."""
    return Field(
        _EQUAL, lambda operator, values: Condition(field, operator, tuple(_one_of(State, text) for text in values))
    )


def search_text(field: str) -> Field:
    """What stands anywhere in a record."""
    return Field(("EQUALS", "NOT_EQUALS"), lambda _, values: Condition(field, Operator.CONTAINS, tuple(values)))


def quietest_level(field: str) -> Field:
    """The quietest level that is wanted: the louder ones are too."""

    def make(_operator: Operator, values: list[str]) -> Condition:
        quietest = _one_of(Level, values[0])
        return Condition(field, Operator.IN, tuple(each.value for each in Level if each.rank >= quietest.rank))

    return Field(("EQUALS", "GREATER_THAN_OR_EQUAL_TO"), make)


def scope(field: str) -> Field:
    """Whose flows are meant: those of users, or those of the namespace `system`."""

    def make(_operator: Operator, values: list[str]) -> Condition:
        asked = _word(values[0], ("USER", "SYSTEM"))
        return Condition(field, Operator.PREFIX, (_SYSTEM,), negated=asked == "USER")

    return Field(("EQUALS", "NOT_EQUALS"), make)


def called(field: str) -> Field:
    """Whether another execution called for them (CHILD) or none did (MAIN)."""

    def make(_operator: Operator, values: list[str]) -> Condition:
        return Condition(field, Operator.IS_NULL, negated=_word(values[0], ("CHILD", "MAIN")) == "CHILD")

    return Field(("EQUALS", "NOT_EQUALS"), make)


def since(field: str, now: Callable[[], datetime]) -> Field:
    """How far back: a duration up to now."""

    def make(_operator: Operator, values: list[str]) -> Condition:
        return Condition(field, Operator.GREATER_THAN_OR_EQUAL_TO, (now() - parse_duration(values[0]),))

    return Field(("EQUALS",), make)


def labels(field: str) -> Field:
    """The labels, which have keys."""

    def make(operator: Operator, values: list[str]) -> Condition:
        pairs = [value.partition(":") for value in values]
        keys = {key.strip() for key, colon, _ in pairs if colon}
        if len(keys) != 1 or not all(colon for _, colon, _ in pairs):
            raise ValueError(
                f"expected one label, as in `filters[labels][EQUALS][key]=value`, found `{','.join(values)}`"
            )
        return Condition(field, operator, tuple(value.strip() for _, _, value in pairs), key=keys.pop())

    return Field(_EQUAL, make, keyed=True)


def _one_of(kind: type[E], text: str) -> E:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"expected one of {', '.join(str(each.value) for each in kind)}, found `{text}`") from None


def _word(text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise ValueError(f"expected {' or '.join(words)}, found `{text}`")
    return text


def _read_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"expected a whole number, found `{text}`") from None


def _read_date(text: str) -> datetime:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"expected a date such as 2026-01-31T08:00:00Z, found `{text}`") from None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
