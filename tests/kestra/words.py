"""Kestra's phrases and ours for the same mistake. One row is one kind of mistake; no row is about one case."""

from __future__ import annotations

import re

_ROWS: tuple[tuple[str, str], ...] = (
    # Kestra names the class that Java cannot find; we name the union that lacks it.
    (r"Invalid type: (?P<type>\S+)", r"unknown .*`{type}`"),
    # Kestra prints Jackson's words for a property that a class does not have.
    (r"Unrecognized field \"?(?P<field>[\w-]+)", r"unknown property `{field}`"),
    (r"must not be empty", r"empty|missing propert|at least"),
    (r"must not be null", r"missing propert|wrong kind"),
    (r"Duplicate task id", r"task id `.*` is already used"),
    (r"Duplicate trigger id", r"trigger id `.*` is already used"),
    (r"Duplicate input", r"input id `.*` is already used"),
    (r"Duplicate field", r"key `.*` is already used"),
    (r"must match", r"is not valid"),
    (r"Illegal flow yaml", r"."),
)


def ours(phrase: str) -> re.Pattern[str]:
    """The pattern of our message for a phrase of Kestra's; the phrase itself when no row knows it."""
    for theirs, pattern in _ROWS:
        match = re.search(theirs, phrase)
        if match:
            return re.compile(pattern.format(**{name: re.escape(text) for name, text in match.groupdict().items()}))
    return re.compile(re.escape(phrase))
