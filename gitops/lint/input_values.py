"""Whether a plain value can be the value of an input, as far as that is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from gitops.language import formats
from gitops.lint import words
from gitops.lint.facts.given import BOOLEAN, LIST, MAPPING, NUMBER, TEXT, Given
from gitops.lint.facts.interface import InputFact

_WHOLE = re.compile(r"\s*[-+]?\d+\s*", re.ASCII)
_NUMBER = re.compile(r"\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*", re.ASCII)
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")
_FILES = ("kestra://", "nsfile://", "file://")

LISTS = ("ARRAY", "MULTISELECT")
_CHOICES = ("SELECT", "ENUM")
_TEXTUAL = ("STRING", "SECRET")


def _is_list(text: str) -> bool:
    return _is_json(text) and text.lstrip().startswith("[")


def _is_json(text: str) -> bool:
    import json  # where it is needed: few calls give such a text

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_instant(text: str) -> bool:
    try:
        return formats.read_instant(text) is not None or bool(datetime.fromisoformat(text))
    except ValueError:
        return False


_TEXTS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "INT": ("a whole number", _WHOLE.fullmatch),
    "FLOAT": ("a number", _NUMBER.fullmatch),
    "BOOL": ("`true` or `false`", lambda text: text.lower() in ("true", "false")),
    "BOOLEAN": ("`true` or `false`", lambda text: text.lower() in ("true", "false")),
    "DATE": ("a date such as 2026-01-31", formats.read_date),
    "TIME": ("a time of day such as 08:30:00", formats.read_time),
    "DATETIME": ("an instant such as 2026-01-31T08:30:00Z", _is_instant),
    "DURATION": ("a duration such as PT1H30M", formats.is_duration),
    "URI": ("an address such as https://example.com/data.csv", _URI.fullmatch),
    "EMAIL": ("an email address", lambda text: "@" in text),
    "FILE": (
        "the address of a file, which begins with `kestra://` or `nsfile://`",
        lambda text: text.startswith(_FILES),
    ),
    "JSON": ("a JSON text", _is_json),
    "ARRAY": ("a list, or its JSON text", _is_list),
    "MULTISELECT": ("a list, or its JSON text", _is_list),
}
"""What a text must be, and how that is told."""

_KINDS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("INT", "FLOAT", "JSON"),
    BOOLEAN: ("BOOL", "BOOLEAN", "JSON"),
    LIST: ("JSON", *LISTS),
    MAPPING: ("JSON",),
}
"""The types among those above that take values of another kind than text."""


def expected(given: Given, declared: InputFact) -> str | None:
    """What the input takes instead, in words; None when it may take the value."""
    kind, name = given.kind, declared.type or ""
    if kind in _KINDS:
        return _of_kind(given, declared)
    if kind != TEXT or not isinstance(given.value, str) or not given.value:
        return None
    known = _TEXTS.get(name)
    if known is not None and not known[1](given.value):
        return known[0]
    return _of_text(given.value, declared) or _of_bounds(given.value, declared)


def _of_kind(given: Given, declared: InputFact) -> str | None:
    """The same of numbers, booleans, lists and mappings."""
    name, value = declared.type or "", given.value
    if name in _TEXTS and name not in _KINDS[given.kind]:
        return _TEXTS[name][0]
    if name == "INT" and isinstance(value, float) and not value.is_integer():
        return _TEXTS[name][0]
    if given.kind in (LIST, MAPPING):
        return _choice(declared) if name in _CHOICES else None
    return _of_text(_written(value), declared) or _of_bounds(value, declared)


def _of_text(text: str, declared: InputFact) -> str | None:
    if declared.type in _CHOICES and declared.choices is not None and text not in declared.choices:
        return _choice(declared)
    if declared.type in _TEXTUAL and declared.pattern is not None and not _fits(declared.pattern, text):
        return f"a text that matches the pattern `{declared.pattern}`"
    return None


def _choice(declared: InputFact) -> str | None:
    return words.one_of(declared.choices) if declared.choices else None


def _of_bounds(value: object, declared: InputFact) -> str | None:
    """What the input takes when it is a number and the value lies outside of its bounds."""
    if declared.type not in ("INT", "FLOAT"):
        return None
    number = float(str(value))
    if isinstance(declared.low, int | float) and number < declared.low:
        return f"at least `{declared.low}`"
    if isinstance(declared.high, int | float) and number > declared.high:
        return f"at most `{declared.high}`"
    return None


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fits(pattern: str, text: str) -> bool:
    from gitops.language.patterns import is_pattern, matches  # it loads a large library

    if not is_pattern(pattern):
        return True
    try:
        matches(pattern, text)
    except ValueError:
        return False
    return True
