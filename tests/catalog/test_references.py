"""References in a schema: where they lead, what is reached, and how they are written for another place."""

from __future__ import annotations

from typing import Any

from gitops.catalog.references import reached, resolve, rewritten, whole

DEFINITIONS: dict[str, dict[str, Any]] = {
    "a": {"$ref": "#/definitions/b"},
    "b": {"type": "object", "properties": {"self": {"$ref": "#/definitions/b"}, "c": {"$ref": "#/definitions/c"}}},
    "c": {"type": "string"},
    "d": {"type": "string"},
}


def test_one_reference_after_another_is_followed() -> None:
    assert resolve({"$ref": "#/definitions/a", "description": "x"}, DEFINITIONS) is DEFINITIONS["b"]
    assert resolve({"type": "string"}, DEFINITIONS) == {"type": "string"}


def test_a_schema_is_whole_with_what_it_leads_to() -> None:
    made = whole({"$ref": "#/definitions/a", "type": "array"}, DEFINITIONS)
    assert made == {"type": "array", "properties": DEFINITIONS["b"]["properties"]}


def test_what_is_reached_holds_itself_and_nothing_that_is_not_asked_for() -> None:
    assert list(reached({"items": [{"$ref": "#/definitions/a"}]}, DEFINITIONS)) == ["a", "b", "c"]
    assert reached({"enum": ["$ref"]}, DEFINITIONS) == {}


def test_references_are_written_for_another_place() -> None:
    made = rewritten({"allOf": [{"$ref": "#/x"}], "properties": {"$ref": {"type": "string"}}}, lambda ref: "../y" + ref)
    assert made == {"allOf": [{"$ref": "../y#/x"}], "properties": {"$ref": {"type": "string"}}}
