"""Trees of decisions: every name is led to its own schema, whatever the names have in common."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from gitops.catalog.unions import decided, one_of_the_names, tagged

NAMES = st.text("abB._", min_size=1, max_size=6)


def led(tree: dict[str, Any], value: object) -> object:
    """Where the decisions lead a value: a reference, or None when the guard stops it."""
    place: Any = tree
    while "if" in place:
        passed = Draft7Validator(place["if"]).is_valid(value)
        if not passed and "else" not in place:
            return None
        place = place["then" if passed else "else"]
    return place["$ref"]


@given(st.dictionaries(NAMES, st.sampled_from(["#/1", "#/2", "#/3"]), min_size=1, max_size=12), NAMES)
def test_a_name_leads_where_it_should_and_no_other_does(leads: dict[str, str], other: str) -> None:
    tree = decided(leads)
    assert {name: led(tree, {"type": name}) for name in leads} == leads
    assert led(tree, {"type": other}) == leads.get(other)


@given(st.dictionaries(NAMES, st.sampled_from(["#/1", "#/2", "#/3"]), min_size=1, max_size=12), st.data())
def test_an_object_without_a_type_is_led_like_the_usual_one(leads: dict[str, str], data: st.DataObject) -> None:
    usual = data.draw(st.sampled_from(sorted(leads)))
    assert led(decided(leads, usual=usual), {}) == leads[usual]
    assert led(decided(leads), {}) is None


@pytest.mark.parametrize("value", ["A", None, 5, ["A"]])
def test_what_is_no_object_is_stopped_by_the_guard(value: object) -> None:
    """Without this an editor offers the properties of a type in a list."""
    assert led(decided({"A": "#/1", "B": "#/2"}), value) is None


def test_a_long_tree_is_short_as_a_pattern_knows_one_half_from_the_other() -> None:
    names = [f"io.example.group{letter}.Task" for letter in "abcdefgh"]
    tree = decided({name: f"#/{name}" for name in names})
    assert tree["then"]["if"]["properties"]["type"]["pattern"] == r"^io\.example\.group(a|b|c|d)"


def test_models_that_a_type_tells_apart_are_listed_for_the_linter_too() -> None:
    union = tagged({"A": "#/definitions/First", "B": "#/definitions/Second"}, usual="B")
    assert union["x-union"] == {"A": "#/definitions/First", "B": "#/definitions/Second"}
    assert union["properties"]["type"] == {"enum": ["A", "B"], "default": "B"}
    assert "required" not in union
    assert tagged({"A": "#/definitions/First"})["required"] == ["type"]


def test_names_can_be_accepted_without_being_offered() -> None:
    schema = one_of_the_names(["b.A", "a.A"])
    assert not {"const", "enum", "examples", "default"} & schema.keys()
    accepted = [Draft7Validator(schema).is_valid(name) for name in ("a.A", "b.A", "bxA", "b.A2", "xb.A")]
    assert accepted == [True, True, False, False, False]
