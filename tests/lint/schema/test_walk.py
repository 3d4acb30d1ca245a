"""The walk along shapes of schema that the rules' data does not have."""

from __future__ import annotations

import pytest

from gitops.lint.schema.kinds import Kinds, Schema
from gitops.lint.schema.walk import Walk

TEMPLATED_INTEGER: Schema = {"if": {"type": "string"}, "then": {}, "else": {"type": "integer"}, "x-templated": True}
TWO_TEXTS: Schema = {
    "anyOf": [{"type": "string", "maxLength": 1}, {"type": "string", "pattern": "^a"}, {"type": "integer"}]
}
ORDER: Schema = {
    "x-increasing": [["a", "b"]],
    "x-renamed": {"c": "b"},
    "properties": {name: {"type": "string", "x-templated": True} for name in "abc"},
}
WINDOW: Schema = {"x-union": {"a": "#/definitions/A"}, "x-default-type": "a"}
UNION: Schema = {
    "x-templated": True,
    "else": {"x-union": {"a": "#/definitions/A"}, "required": ["type"]},
}


def objections(value: object, schema: Schema) -> list[tuple[str, str | None]]:
    walk = Walk(Kinds({"definitions": {"A": {"required": ["b"], "properties": {"b": {}, "type": {}}}}}))
    return [(objection.rule, objection.expected) for objection in walk.check(value, schema)]


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        (
            2,
            {"allOf": [{"minimum": 3}, {"maximum": 1}]},
            [("out-of-range", "at least 3"), ("out-of-range", "at most 1")],
        ),
        (2, {"exclusiveMinimum": 2}, [("out-of-range", "more than 2")]),
        (2, {"exclusiveMaximum": 2}, [("out-of-range", "less than 2")]),
        ("b", TWO_TEXTS, []),
        ("apple", TWO_TEXTS, []),
        (7, TWO_TEXTS, []),
        ("berry", TWO_TEXTS, [("wrong-kind", "a text or an integer")]),
        (
            [],
            {"oneOf": [TEMPLATED_INTEGER, {"type": "boolean"}]},
            [("wrong-kind", "an integer, or an expression or true or false")],
        ),
        ("{{ x }}", TEMPLATED_INTEGER, []),
        ("{% if x %}", TEMPLATED_INTEGER, []),
        (True, TEMPLATED_INTEGER, [("wrong-kind", "an integer, or an expression")]),
        (1.0, {"type": "integer"}, []),
        (1.5, {"type": "integer"}, [("wrong-kind", "an integer")]),
        ("{{ x }}", UNION, []),
        ({"type": "a", "b": 1}, UNION, []),
        ({"type": "a"}, UNION, [("missing-property", "`b`")]),
        (-1, {"type": ["string", "number"], "pattern": "^[0-9]+$"}, [("bad-format", "a text that matches `^[0-9]+$`")]),
        (12, {"type": ["string", "number"], "pattern": "^[0-9]+$", "minimum": 20}, [("out-of-range", "at least 20")]),
        (True, {"type": ["string", "boolean"], "maxLength": 4}, []),
        (False, {"type": ["string", "boolean"], "maxLength": 4}, [("out-of-range", "at most 4 characters")]),
        ("ab\n", {"pattern": "^[a-z]+$"}, [("bad-format", "a text that matches `^[a-z]+$`")]),
        ({"x": 1}, {"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": False}, []),
        ({"x": 1}, {"not": {"required": ["x"]}}, [("out-of-range", "another value")]),
        ({"a": 1}, {"properties": {"a": {"enum": []}}}, [("bad-enum", "no `a`")]),
        ("x", {"const": "y"}, [("bad-enum", "`y`")]),
        ({}, {"minProperties": 1}, [("out-of-range", "at least 1 entry")]),
        ([1, 2], {"maxItems": 1}, [("out-of-range", "at most 1 item")]),
        ({"a": "PT1M", "b": "PT60S"}, ORDER, [("increasing-durations", "less than `PT60S`")]),
        ({"a": "P1D", "c": "PT1H"}, ORDER, [("increasing-durations", "less than `PT1H`")]),
        ({"a": "P1D", "b": "{{ x }}"}, ORDER, []),
        ({"a": "P1D", "b": "P1W"}, ORDER, []),
        ({"a": "PT1S", "b": "-PT2S"}, ORDER, [("increasing-durations", "less than `-PT2S`")]),
        ({"a": f"P{'9' * 400}D", "b": "P"}, ORDER, []),
        ({"b": 1}, WINDOW, []),
        ({"type": None, "b": 1}, WINDOW, []),
        ({"b": None}, WINDOW, [("wrong-kind", "a value")]),
        ({}, WINDOW, [("missing-property", "`b`")]),
        ("anything", {}, []),
        ("anything", True, []),
    ],
)
def test_a_value_against_a_schema(value: object, schema: Schema, expected: list[tuple[str, str | None]]) -> None:
    assert objections(value, schema) == expected
