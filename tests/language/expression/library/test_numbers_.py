"""Filters that make and print numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template


def value(source: str) -> object:
    return compile_template("{{ " + source + " }}").evaluate({"decimal": Decimal("-1.5"), "nothing": None})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-3 | abs", 3),
        ("decimal | abs", Decimal("1.5")),
        ("'12' | number", 12),
        ("' 1.5 ' | number", 1.5),
        ("'1.5' | number | className", "java.lang.Float"),
        ("'1.23456789' | number | className", "java.lang.Double"),
        ("'1.23456789012345678901' | number", Decimal("1.23456789012345678901")),
        ("'1e999' | number | className", "java.math.BigDecimal"),
        ("'2147483648' | number | className", "java.lang.Long"),
        ("'12' | number('LONG')", 12),
        ("'1.5' | number('DOUBLE')", 1.5),
        ("'1.50' | number('BIGDECIMAL')", Decimal("1.50")),
        ("'99999999999999999999' | number", 99999999999999999999),
        ("'12' | number('INT') + 1", 13),
        ("'1.123' | number('FLOAT') | string", "1.123"),
        ("'16777217' | number('FLOAT') | string", "1.6777216E7"),
        ("nothing | number", None),
        ("nothing | abs", None),
        ("nothing | numberFormat", None),
        ("1234567.891 | numberFormat('#,##0.00')", "1,234,567.89"),
        ("0.5 | numberFormat('0%')", "50%"),
        ("-1234.5 | numberFormat('$#,##0.##')", "-$1,234.5"),
        ("7 | numberFormat('000')", "007"),
        ("2.5 | numberFormat('0')", "2"),
        ("0.25 | numberFormat('#.##')", ".25"),
        ("1234.5678 | numberFormat", "1,234.568"),
    ],
)
def test_results(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("'a' | abs", "`abs` needs a number but found a text"),
        ("true | abs", "`abs` needs a number but found true or false"),
        ("'a' | number", "`a` is not a number in"),
        ("'9999999999' | number('INT')", "`9999999999` is not a number of type INT"),
        (
            "'1' | number('SHORT')",
            "`number` knows the types INT, FLOAT, LONG, DOUBLE, BIGDECIMAL, BIGINTEGER but found",
        ),
        ("1 | numberFormat('x')", "`x` is not a pattern for numbers"),
        ("'a' | numberFormat('0')", "`numberFormat` needs a number but found a text"),
    ],
)
def test_what_cannot_be_done_is_refused(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        value(source)
    assert str(caught.value).startswith(message)
