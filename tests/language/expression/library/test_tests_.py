"""The tests of `is` and `is not`."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

VARIABLES: dict[str, object] = {"nothing": None, "map": {}, "list": [1], "blank": " ", "n": 3}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("nope is defined", False),
        ("nothing is defined", False),
        ("n is defined", True),
        ("nothing is null", True),
        ("blank is empty", True),
        ("map is empty", True),
        ("list is not empty", True),
        ("n is odd", True),
        ("n is even", False),
        ("list is iterable", True),
        ("map is iterable", False),
        ("map is map", True),
        ("n is equals(3.0)", True),
        ("n is not equals('3')", True),
    ],
)
def test_results(source: str, expected: bool) -> None:
    assert compile_template("{{ " + source + " }}").evaluate(VARIABLES) is expected


def test_only_whole_numbers_are_even_or_odd() -> None:
    with pytest.raises(ExpressionError, match="`even` needs a whole number but found a text"):
        compile_template("{{ blank is even }}").evaluate(VARIABLES)
