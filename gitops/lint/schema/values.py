"""What the schema says about one value: its kind, the choices, formats and ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import cast

from gitops.language.formats import FORMATS, suggest_duration
from gitops.language.plain_scalars import written
from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.schema.acceptance import accepted
from gitops.lint.schema.kinds import Schema
from gitops.lint.schema.objection import Change, Objection, writing

_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}
_LIMITS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "minimum": ("at least", ge),
    "exclusiveMinimum": ("more than", gt),
    "maximum": ("at most", le),
    "exclusiveMaximum": ("less than", lt),
}
_RARE = frozenset(
    ("not", "contains", "dependencies", "patternProperties", "multipleOf", "uniqueItems", "additionalItems", "format")
)
"""The keywords that are left to the validator; this module and the walk know all others."""

_RARE_WORDS = {"multipleOf": "a multiple of {}", "uniqueItems": "no item twice", "not": "another value"}


def wrong_kind(value: object, schema: Schema, path: Path) -> Objection | None:
    """The objection to a value that is not of the schema's type."""
    types = schema.get("type")
    names = [types] if isinstance(types, str) else cast("list[str]", types or [])
    if not names or any(_is(value, name) for name in names):
        return None
    return wrong_kind_of(value, accepted(schema), path)


def wrong_kind_of(value: object, expected: str, path: Path) -> Objection:
    """The objection to a value that is not what was expected."""
    return Objection(
        "wrong-kind",
        path,
        f"wrong kind of value for {words.place_words(path)}",
        expected=expected,
        found=words.value_words(value),
        help="write a value or delete the line" if value is None else None,
    )


def empty_tasks(value: object, path: Path) -> Objection:
    """The objection to a list of tasks without tasks."""
    return Objection(
        "empty-tasks",
        path,
        f"{words.place_words(path)} holds no task",
        expected="at least one task",
        found=words.value_words(value),
        help="add a task",
    )


def check(value: object, schema: Schema, path: Path, *, definitions: Mapping[str, Schema]) -> Iterator[Objection]:
    """Every other objection to a value of the right kind."""
    if _is_no_choice(value, schema):
        yield _bad_choice(value, schema, path)
    elif isinstance(value, list | dict):
        yield from _size(value, schema, path)
    elif value is not None:
        if isinstance(value, str) or "string" in cast("str | list[str]", schema.get("type", ())):
            yield from _text(_as_text(value), schema, path)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield from _number(value, schema, path)
    if not _RARE.isdisjoint(schema):
        rare = {name: schema[name] for name in _RARE & schema.keys()}
        yield from _validated(value, {**rare, "properties": schema.get("properties", {})}, path, definitions)


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _as_text(value: object) -> str:
    """How a number or a boolean is read where text is expected, too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return written(value) if isinstance(value, int | float) else str(value)


def _is_no_choice(value: object, schema: Schema) -> bool:
    choices = schema.get("enum", [schema["const"]] if "const" in schema else None)
    return isinstance(choices, list) and value not in choices


def _bad_choice(value: object, schema: Schema, path: Path) -> Objection:
    choices = cast("list[object]", schema.get("enum", [schema.get("const")]))
    if not choices:
        return _no_value(value, path)
    near = words.closest(str(value), tuple(str(choice) for choice in choices))
    meant = near if near in choices else None
    return Objection(
        "bad-enum",
        path,
        f"invalid value for {words.place_words(path)}",
        expected=accepted(schema),
        found=words.value_words(value),
        help=words.did_you_mean(near),
        change=writing(meant),
    )


def _no_value(value: object, path: Path) -> Objection:
    """The objection to a value where the properties beside it leave no choice."""
    name = words.place_words(path)
    message = f"{name} goes with none of what stands beside it"
    return Objection(
        "bad-enum",
        path,
        message,
        expected=f"no {name}",
        found=words.value_words(value),
        help="delete it",
        change=Change("delete"),
    )


def _text(value: str, schema: Schema, path: Path) -> Iterator[Objection]:
    kind = FORMATS.get(str(schema["x-format"])) if "x-format" in schema else None
    pattern = schema.get("pattern")
    rule = str(schema.get("x-rule", "bad-format"))
    if kind and not kind.accepts(value):
        meant = suggest_duration(value) if schema["x-format"] == "duration" else None
        yield _bad_format(value, schema, path, rule=rule, meant=meant)
    elif isinstance(pattern, str) and not _pattern(pattern).search(value):
        yield _bad_format(value, schema, path, rule=rule, meant=_fitting(value, pattern))
    else:
        least, most = cast("int", schema.get("minLength", 0)), cast("float", schema.get("maxLength", float("inf")))
        if not least <= len(value) <= most:
            unit = ("character", "characters")
            yield _out_of_range(path, _limits(len(value), least, most, unit), words.count(len(value), *unit), schema)


def _bad_format(value: str, schema: Schema, path: Path, *, rule: str, meant: str | None) -> Objection:
    pattern = f"a text that matches `{schema.get('pattern')}`"
    explained = any(name in schema for name in ("patternErrorMessage", "errorMessage", "x-format"))
    return Objection(
        rule,
        path,
        f"{words.place_words(path)} is not valid",
        expected=accepted(schema) if explained else pattern,
        found=quote(value) if value else "an empty text",
        help=words.did_you_mean(meant),
        change=writing(meant),
    )


def _fitting(value: str, pattern: str) -> str | None:
    """The text with what a name may not hold taken out or written as `_`, where that fits the pattern."""
    name = re.sub(r"[^\w.-]+", "_", value.strip(), flags=re.ASCII).strip("_.-")
    return name if name and _pattern(pattern).search(name) else None


def _number(value: float, schema: Schema, path: Path) -> Iterator[Objection]:
    for keyword, (phrase, holds) in _LIMITS.items():
        limit = schema.get(keyword)
        if isinstance(limit, int | float) and not holds(value, limit):
            yield _out_of_range(path, f"{phrase} {limit}", words.value_words(value), schema)


def _size(value: list[object] | dict[str, object], schema: Schema, path: Path) -> Iterator[Objection]:
    unit = ("entry", "entries") if isinstance(value, dict) else ("item", "items")
    least = cast("int", schema.get("minProperties" if isinstance(value, dict) else "minItems", 0))
    most = cast("float", schema.get("maxProperties" if isinstance(value, dict) else "maxItems", float("inf")))
    if len(value) < least or len(value) > most:
        yield _out_of_range(path, _limits(len(value), least, most, unit), words.count(len(value), *unit), schema)


def _limits(number: int, least: int, most: float, unit: tuple[str, str]) -> str:
    return f"at least {words.count(least, *unit)}" if number < least else f"at most {words.count(most, *unit)}"


def _out_of_range(path: Path, expected: str, found: str, schema: Schema) -> Objection:
    rule = str(schema.get("x-rule", "out-of-range"))
    return Objection(rule, path, f"{words.place_words(path)} is out of range", expected=expected, found=found)


@lru_cache(maxsize=200)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern)


def _validated(value: object, schema: Schema, path: Path, definitions: Mapping[str, Schema]) -> Iterator[Objection]:
    """What the validator says about the rare keywords; the words are those of the schema."""
    from jsonschema import Draft7Validator

    for error in Draft7Validator({**schema, "definitions": definitions}).iter_errors(value):
        if error.validator in _RARE:
            place = (*path, *error.absolute_path)
            yield Objection(
                "bad-format" if error.validator == "format" else "out-of-range",
                place,
                f"{words.place_words(place)} is not valid",
                expected=_RARE_WORDS.get(error.validator, f"{error.validator} {{}}").format(error.validator_value),
                found=words.value_words(error.instance),
            )
