"""What is told of plain values agrees with the engine: it refuses whatever the linter says cannot be taken."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gitops.language.inputs.plain import PLAIN_TYPES
from gitops.lint.facts.given import Given
from gitops.lint.facts.given import given as given_values
from gitops.lint.facts.interface import InputFact
from gitops.lint.input_values import expected
from tests.lint.facts.reading import facts_of

DECLARATIONS: list[dict[str, Any]] = [
    *({"type": name} for name in ("STRING", "INT", "FLOAT", "BOOL", "DATE", "TIME", "DATETIME", "DURATION")),
    *({"type": name} for name in ("URI", "EMAIL", "FILE", "JSON", "YAML", "BOOLEAN")),
    {"type": "INT", "min": 2, "max": 4},
    {"type": "FLOAT", "max": 0.5},
    {"type": "SELECT", "values": ["red", "7", "true"]},
    {"type": "SELECT", "values": ["red"], "allowCustomValue": True},
    {"type": "SELECT", "values": ["red"], "required": False},
    {"type": "ENUM", "values": ["red"]},
    {"type": "ARRAY", "itemType": "STRING"},
    {"type": "MULTISELECT", "values": ["red"], "allowCustomValue": True},
    {"type": "STRING", "validator": "[a-z]{2,4}"},
]
TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            *("7", " 7 ", "-1", "1_000", "3.0", "1e3", ".5", "true", "FALSE", "yes", "red", "2026-01-31", "20260131"),
            *("08:30", "08:30:00", "2026-01-31T08:30", "2026-01-31T08:30:00Z", "PT5M", "P1D", "5 min", "[1]", '["a"]'),
            *("{", "{}", "a@example.com", "a@b", "https://x.org/y", "mailto:x", "kestra:///x", "nsfile:///x", "abc"),
        ]
    ),
)
VALUES = st.one_of(
    TEXTS, st.booleans(), st.integers(-10, 10), st.floats(-5, 5), st.lists(TEXTS, max_size=2), st.just({"a": 1})
)


def declared(declaration: dict[str, Any]) -> InputFact:
    [found] = facts_of(f"inputs: [{json.dumps({'id': 'a', **declaration})}]").inputs
    return found


def refused(declaration: dict[str, Any], value: object) -> bool:
    """Whether the engine refuses the value."""
    try:
        PLAIN_TYPES[declaration["type"]].model_validate({"id": "a", **declaration}).read(value)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=str)
@given(value=VALUES)
def test_the_engine_refuses_what_cannot_be_taken(declaration: dict[str, Any], value: object) -> None:
    found = given_values({"a": value})
    assume(found is not None)
    assert found is not None
    if expected(found[0], declared(declaration)) is not None:
        assert refused(declaration, value)


@pytest.mark.parametrize("value", ["", "{{ now() }}", None])
@pytest.mark.parametrize("declaration", DECLARATIONS, ids=str)
def test_nothing_is_said_of_what_is_empty_or_decided_later(declaration: dict[str, Any], value: object) -> None:
    found = given_values({"a": value})
    assert found is not None
    assert expected(found[0], declared(declaration)) is None


def test_nothing_is_said_of_texts_that_are_not_kept() -> None:
    assert expected(Given("a", "text"), declared({"type": "INT"})) is None


def test_nothing_is_said_of_a_pattern_that_is_none() -> None:
    assert expected(Given("a", "text", "x"), InputFact("a", "STRING", True, (), pattern="[")) is None
