"""Inputs: how values are read, and what is said of those that do not fit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gitops.errors import InvalidInputs
from gitops.language.inputs import INPUT_TYPES, Input, cast_value, resolve_inputs


def declare(type_name: str, id_: str = "x", **more: Any) -> Input:
    return INPUT_TYPES[type_name].model_validate({"id": id_, "type": type_name, **more})


def resolve(*inputs: Input, **given: object) -> dict[str, object]:
    return resolve_inputs(inputs, given, lambda value: value)


@pytest.mark.parametrize(
    ("type_name", "given", "expected"),
    [
        ("STRING", "a", "a"),
        ("STRING", 3, "3"),
        ("INT", "42", 42),
        ("INT", -1, -1),
        ("FLOAT", "4.5", 4.5),
        ("BOOL", "true", True),
        ("BOOLEAN", False, False),
        ("DATETIME", "2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC)),
        ("DATETIME", "2026-01-01T00:00:00", datetime(2026, 1, 1, tzinfo=UTC)),
        ("JSON", '{"a": [1]}', {"a": [1]}),
        ("JSON", {"a": 1}, {"a": 1}),
    ],
)
def test_a_value_is_read_as_its_type(type_name: str, given: object, expected: object) -> None:
    assert resolve(declare(type_name), x=given) == {"x": expected}


@pytest.mark.parametrize(
    ("declaration", "given", "reason"),
    [
        (declare("INT"), "4.5", "it must be a whole number"),
        (declare("INT"), True, "it must be a whole number"),
        (declare("INT", min=3), 2, "it must be more than `3`"),
        (declare("FLOAT", max=3), "3.5", "it must be less than `3.0`"),
        (declare("FLOAT"), "x", "it must be a number"),
        (declare("BOOL"), "yes", "it must be `true` or `false`"),
        (declare("STRING", validator="A[0-9]+"), "B1", "it must match the pattern `A[0-9]+`"),
        (declare("SELECT", values=["a", "b"]), "c", "it must match the values `[a, b]`"),
        (declare("DATETIME"), "soon", "it must be an ISO-8601 instant such as 2024-01-01T00:00:00Z"),
        (declare("DATETIME", after="2026-01-01T00:00:00Z"), "2025-01-01T00:00:00Z", "it must be after"),
        (declare("DATETIME", before="2026-01-01T00:00:00Z"), "2027-01-01T00:00:00Z", "it must be before"),
        (declare("JSON"), "{", "it must be JSON"),
    ],
)
def test_a_value_that_does_not_fit_says_why(declaration: Input, given: object, reason: str) -> None:
    with pytest.raises(InvalidInputs) as refusal:
        resolve(declaration, x=given)
    assert str(refusal.value).startswith(f"Invalid input for `x`, {reason}")
    assert str(refusal.value).endswith(f", but received `{given}`")


def test_the_limits_themselves_fit() -> None:
    assert resolve(declare("INT", min=3, max=3), x=3) == {"x": 3}


def test_a_default_is_taken_and_rendered_when_nothing_is_given() -> None:
    inputs = [declare("INT", defaults="{{ seven }}")]
    assert resolve_inputs(inputs, {}, lambda _value: "7") == {"x": 7}


def test_a_missing_value_is_a_problem_only_when_it_is_required() -> None:
    assert resolve(declare("STRING", required=False)) == {"x": None}
    with pytest.raises(InvalidInputs, match="missing required input"):
        resolve(declare("STRING"))


def test_dots_build_nested_values() -> None:
    inputs = [declare("INT", "a.b"), declare("INT", "a.c")]
    assert resolve_inputs(inputs, {"a.b": 1, "a.c": 2}, lambda value: value) == {"a": {"b": 1, "c": 2}}


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidInputs) as refusal:
        resolve_inputs([declare("INT", "a"), declare("INT", "b")], {"a": "x", "z": 1}, lambda value: value)
    assert [problem.id for problem in refusal.value.problems] == ["z", "a", "b"]


def test_an_output_is_cast_like_an_input_but_choices_are_not_checked() -> None:
    assert cast_value("INT", "3") == 3
    assert cast_value("SELECT", "anything") == "anything"
