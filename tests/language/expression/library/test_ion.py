"""Ion text in and out."""

from __future__ import annotations

import math
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.library.ion import to_ion
from gitops.language.expression.library.numbers_ import single
from gitops.language.expression.template import compile_template


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        ('a"\n', r'"a\"\n"'),
        (1.5, "1.5e0"),
        (1e300, "1e+300"),
        (single(1.123), "1.1230000257492065e0"),
        (Decimal("1.50"), "1.50"),
        ({"a": [1], "b c": {}, "null": None}, "{a:[1],'b c':{},'null':null}"),
        (float("nan"), "nan"),
    ],
)
def test_writing(value: object, expected: str) -> None:
    assert to_ion(value) == expected


def value_of(ion: object) -> object:
    return compile_template("{{ fromIon(ion) }}").evaluate({"ion": ion})


@pytest.mark.parametrize(
    ("ion", "expected"),
    [
        (
            "{a: 1, 'b c': [true, null, 1.5e0, -2.5,], \"d\": '''long''', e: word}",
            {"a": 1, "b c": [True, None, 1.5, Decimal("-2.5")], "d": "long", "e": "word"},
        ),
        ("2024-04-21T23:00:00.000Z", datetime(2024, 4, 21, 23, tzinfo=timezone.utc)),  # noqa: UP017 - shorter
        ("2024-04-21", date(2024, 4, 21)),
        ("[2024-04-21T, 2024-04T, 2024T]", [date(2024, 4, 21), date(2024, 4, 1), date(2024, 1, 1)]),
        ("[0x1F, -0b101, 1_000, 1_0.5e0]", [31, -5, 1000, 10.5]),
        ("[null.string, null.int, -inf, +inf]", [None, None, -math.inf, math.inf]),
        (r'"\u00e9\x41\U0001F600\t\q"', "\u00e9A\U0001f600\tq"),
        ("/* a */ [1, // one\n 2] // end", [1, 2]),
        ("some::annotated::{a: 1}", {"a": 1}),
        ("", None),
        (None, None),
    ],
)
def test_reading(ion: object, expected: object) -> None:
    assert value_of(ion) == expected


def test_what_ion_cannot_say_is_refused() -> None:
    with pytest.raises(ExpressionError, match="A value of another kind cannot be written as Ion"):
        to_ion(object())


def test_all_rows() -> None:
    assert compile_template("{{ fromIon(ion, allRows=true) }}").evaluate({"ion": "{a:1}\n{a:2}"}) == [
        {"a": 1},
        {"a": 2},
    ]


@pytest.mark.parametrize("ion", ["{a", "{a 1}", "[1 2]", "]", "{a:}", "§", "[" * 500, "2024-99-99", r'"\U99999999"'])
def test_what_is_not_ion_is_refused(ion: str) -> None:
    with pytest.raises(ExpressionError, match="Ion"):
        value_of(ion)
