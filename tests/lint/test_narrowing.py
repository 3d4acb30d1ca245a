"""In what way inputs ask for more than before."""

from __future__ import annotations

import pytest

from gitops.lint.facts.interface import InputFact
from gitops.lint.narrowing import demanding, narrowed

PLAIN = InputFact("a", "STRING", needed=False, path=())


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (None, True, "is new and required"),
        (False, True, "is required now"),
        (True, True, None),
        (True, False, None),
        (None, False, None),
    ],
)
def test_a_value_is_needed_that_was_not(before: bool | None, now: bool, change: str | None) -> None:
    old = None if before is None else PLAIN._replace(needed=before)
    assert demanding(old, PLAIN._replace(needed=now)) == change


@pytest.mark.parametrize(
    ("before", "now"),
    [
        *(("INT", wide) for wide in ("FLOAT", "STRING", "JSON", "YAML")),
        *(("BOOLEAN", "BOOL"), ("BOOL", "BOOLEAN"), ("ENUM", "SELECT"), ("SELECT", "STRING"), ("SECRET", "STRING")),
        *(("STRING", "SECRET"), ("MULTISELECT", "ARRAY"), ("ARRAY", "JSON"), ("DATE", "STRING"), (None, "INT")),
    ],
)
def test_a_type_that_takes_what_the_other_took_is_no_change(before: str | None, now: str) -> None:
    assert narrowed(PLAIN._replace(type=before), PLAIN._replace(type=now)) is None


@pytest.mark.parametrize(
    ("before", "now"),
    [("STRING", "INT"), ("FLOAT", "INT"), ("ARRAY", "MULTISELECT"), ("JSON", "ARRAY"), ("DATE", "DATETIME")],
)
def test_a_type_that_takes_other_values_is_told(before: str, now: str) -> None:
    change = narrowed(PLAIN._replace(type=before), PLAIN._replace(type=now))
    assert change == f"has the type `{now}` now, and had `{before}`"


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ({"choices": ("x", "y")}, {"choices": ("y", "z")}, "does not take `x` any more"),
        ({"choices": ("x",)}, {"choices": ("x", "y")}, None),
        ({"choices": ("x",)}, {"choices": None}, None),
        ({"choices": None}, {"choices": ("x",)}, "takes only `x` now"),
        ({"low": 1}, {"low": 2}, "takes only `2` and more now"),
        ({"low": 2}, {"low": 1}, None),
        ({"low": None}, {"low": 1}, "takes only `1` and more now"),
        ({"low": "2026-01-01"}, {"low": "2027-01-01"}, None),
        ({"high": 9}, {"high": 8.5}, "takes only `8.5` and less now"),
        ({"high": 9}, {"high": None}, None),
        ({"pattern": None}, {"pattern": "x+"}, "must match the pattern `x+` now"),
        ({"pattern": "x+"}, {"pattern": None}, None),
        ({"item": "STRING"}, {"item": "INT"}, "takes items of type `INT` now"),
        ({"item": "INT"}, {"item": "STRING"}, None),
        ({"type": "SELECT", "choices": ("x",)}, {"type": "ENUM", "choices": ("x",)}, None),
    ],
)
def test_what_is_taken_may_be_less(before: dict[str, object], now: dict[str, object], change: str | None) -> None:
    assert narrowed(PLAIN._replace(**before), PLAIN._replace(**now)) == change  # type: ignore[arg-type]  # of all kinds


def test_a_new_input_is_not_narrower_than_nothing() -> None:
    assert narrowed(None, PLAIN) is None
