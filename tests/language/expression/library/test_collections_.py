"""Filters and functions on lists and maps."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

VARIABLES: dict[str, object] = {"nothing": None, "map": {"b": 1, "a": [2]}, "blank": "  ", "long": "x" * 34_000_000}


def shown(source: str) -> str:
    return compile_template("{{ " + source + " }}").render(VARIABLES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[1, 2] | first", "1"),
        ("[1, 2] | last", "2"),
        ("'abc' | first ~ 1", "a1"),
        ("'abc' | last", "c"),
        ("[] | first", ""),
        ("map | last", "[2]"),
        ("[1, 2] | length", "2"),
        ("'abc' | length", "3"),
        ("map | length", "2"),
        ("nothing | length", "0"),
        ("[1, null, 'a'] | join('-')", "1-null-a"),
        ("[1, 2] | reverse", "[2,1]"),
        ("'abc' | reverse", "cba"),
        ("[3, 1.5, 2] | sort", "[1.5,2,3]"),
        ("['b', 'a'] | sort", '["a","b"]'),
        ("[1, 3, 2] | rsort", "[3,2,1]"),
        ("[1, 2, 3] | slice(1)", "[2,3]"),
        ("[1, 2, 3] | slice(fromIndex=1, toIndex=2)", "[2]"),
        ("[1, 2, 3] | slice(to=2)", "[1,2]"),
        ("12 | length", "0"),
        ("[{'a': 1}, {'a': 1.0}, [1], [true], [1]] | distinct | length", "3"),
        ("'hello' | slice(1, 3)", "el"),
        ("map | merge({'b': 3})", '{"b":3,"a":[2]}'),
        ("[1] | merge([2])", "[1,2]"),
        ("nothing | merge([2])", "[2]"),
        ("[1, 2, 3] | chunk(2)", "[[1,2],[3]]"),
        ("[1, [2, [3]]] | flatten", "[1,2,[3]]"),
        ("[1, 1.0, true, 'a', 'a', [1], [1]] | distinct", '[1,true,"a",[1]]'),
        ("map | keys", '["b","a"]'),
        ("[7, 8] | keys", "[0,1]"),
        ("map | values", "[1,[2]]"),
        ("blank | default('d')", "d"),
        ("[] | default('d')", "d"),
        ("0 | default('d')", "0"),
        ("range(1, 3)", "[1,2,3]"),
        ("range(5, 1, step=-2)", "[5,3,1]"),
        ("max(1, 3, null, 2)", "3"),
        ("min('b', 'a')", "a"),
        ("max()", ""),
        ("nothing | flatten", ""),
        ("nothing | join", ""),
        ("nothing | distinct", ""),
        ("nothing | slice(1)", ""),
        ("nothing | chunk(1)", ""),
        ("nothing | keys", ""),
        ("nothing | values", ""),
        ("nothing | sort", ""),
    ],
)
def test_results(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1 | join", "`join` needs a list but found a number"),
        ("[1, 'a'] | sort", "invalid operands for mathematical comparison `compare`: a text and a number"),
        ("[1] | slice(2)", "`slice` from 2 to 1 is outside of 1 items"),
        ("[1] | chunk(0)", "`chunk` needs a size of at least 1"),
        ("[1] | values", "`values` needs a map but found a list"),
        ("range(1, 2, 0)", "`range` needs a step other than 0"),
        ("[1, 2] | join(long)", "The text is longer than 67,108,864 characters"),
        ("map | sort", "`sort` needs a list but found a map"),
    ],
)
def test_what_cannot_be_done_is_refused(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)
