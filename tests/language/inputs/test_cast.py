"""Outputs of a flow are read like inputs."""

from __future__ import annotations

import pytest

from gitops.language.inputs.cast import cast_value


@pytest.mark.parametrize(
    ("type_name", "value", "expected"),
    [("INT", "3", 3), ("SELECT", "anything", "anything"), ("ARRAY", '["a"]', ["a"]), ("MULTISELECT", ["a"], ["a"])],
)
def test_an_output_is_cast_like_an_input_but_choices_are_not_checked(
    type_name: str, value: object, expected: object
) -> None:
    assert cast_value(type_name, value) == expected
