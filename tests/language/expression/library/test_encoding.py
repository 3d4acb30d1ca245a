"""Filters and functions between values and other notations."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

VARIABLES: dict[str, object] = {
    "nothing": None,
    "json": '{"a": [1, 2.5, "x"]}',
    "yaml": "# comment\na: &b\n  - 1\nc: *b\nd: 2013-09-08\n",
    "map": {"a": [1, "true", "x: y", "plain", "12"], "b": {"c": None}, "d": [{"e": 1, "f": "1\n2"}], "g": []},
    "date": datetime(2013, 9, 8, 16, 19, tzinfo=timezone(timedelta(hours=2))),
    "decimal": Decimal("1.5"),
    "decimals": [Decimal("1e99999")],
    "deep": "[" * 100_000 + "]" * 100_000,
    "bomb": "a0: &a0 [1, 1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
    "large": "a" * 2_000_000,
}


def shown(source: str) -> str:
    return compile_template("{{ " + source + " }}").render(VARIABLES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("nothing | toJson", "null"),
        ("'a' | json", '"a"'),
        ("date | toJson", '"2013-09-08T16:19:00+02:00"'),
        ("fromJson(json).a[2]", "x"),
        ("json('[1]')[0]", "1"),
        ("fromJson(nothing)", ""),
        ("json is json", "true"),
        ("'{' is json", "false"),
        ("'null' is json", "true"),
        ("json | jq('.a[]')", '[1,2.5,"x"]'),
        ("map | jq('.a | length') | first", "5"),
        ("nothing | jq('.')", ""),
        ("yaml(yaml).c[0]", "1"),
        ("yaml(yaml).d", "2013-09-08"),
        ("yaml(nothing)", ""),
        ("'é' | base64encode", "w6k="),
        ("'w6k=' | base64decode", "é"),
        ("'a b&é~' | urlencode", "a+b%26%C3%A9%7E"),
        ("'a+b%26' | urldecode", "a b&"),
        ("'a' | md5", "0cc175b9c0f1b6a831c399e269772661"),
        ("'a' | sha1", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
        ("'a' | sha256 | length", "64"),
        ("'a' | sha512 | length", "128"),
        ("[1, 'a', true, 1.5, date, map, nothing] | first | className", "java.lang.Integer"),
        ("9223372036854775807 | className", "java.lang.Long"),
        ("'1' | number('BIGINTEGER') | className", "java.math.BigInteger"),
        ("'1' | number('FLOAT') | className", "java.lang.Float"),
        ("decimal | className", "java.math.BigDecimal"),
        ("date | className", "java.time.ZonedDateTime"),
        ("map | className", "java.util.LinkedHashMap"),
        ("nothing | className", ""),
        ("nothing | base64decode", ""),
        ("nothing | sha256", ""),
    ],
)
def test_results(source: str, expected: str) -> None:
    assert shown(source) == expected


def test_yaml_has_few_quotes_and_lists_one_blank_to_the_right() -> None:
    assert shown("map | yaml") == (
        'a:\n - 1\n - "true"\n - "x: y"\n - plain\n - "12"\nb:\n  c: null\n'
        "d:\n -\n  e: 1\n  f: |-\n    1\n    2\ng: []\n"
    )
    assert shown("'text' | yaml") == "text\n"
    assert shown("date | yaml") == "2013-09-08T16:19:00+02:00\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("fromJson('{')", "The text is not JSON: Expecting property name"),
        ("fromJson()", "`fromJson` expects an argument `json`"),
        ("yaml('a: [')", "The text is not YAML: "),
        ("yaml('!!python/object:os.system {}')", "The text is not YAML: could not determine a constructor"),
        ("'*' | base64decode", "The text is not Base64"),
        ("fromJson('NaN')", "The text is not JSON: NaN is not a number of JSON"),
        ("decimals | toJson", "The number 1.0000000000E+99999 is too large or too small to be written as JSON"),
        ("yaml(deep)", "The text of YAML has more than 100 levels"),
        ("yaml(bomb)", "The value holds more than 2,000,000 items"),
        ("yaml('&a [*a]')", "The value is nested too deeply"),
        ("yaml(large)", "The template takes more than 5,000,000 steps"),
        ("large | yaml", "The template takes more than 5,000,000 steps"),
    ],
)
def test_what_cannot_be_read_is_refused(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)
