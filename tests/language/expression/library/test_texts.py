"""Filters on text."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

VARIABLES: dict[str, object] = {"nothing": None, "lines": "a\nb", "crlf": "a\r\nb", "map": {"a": ["x'y", 1]}}


def shown(source: str) -> str:
    return compile_template("{{ " + source + " }}").render(VARIABLES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'hello world' | abbreviate(8)", "hello..."),
        ("'hello' | abbreviate(6)", "hello"),
        ("'hello' | abbreviate(2)", "he"),
        ("'hello World' | capitalize", "Hello World"),
        ("'hello big World' | title", "Hello Big World"),
        ("'aBc' | upper", "ABC"),
        ("'aBc' | lower", "abc"),
        ("' a ' | trim", "a"),
        ("1.50 | string", "1.5"),
        ("lines | condense", "ab"),
        ("'Some_Title:  is*' | slugify", "some-title-is"),
        ("'hello' | startsWith('he')", "true"),
        ("'hello' | endsWith('he')", "false"),
        ("'hello' | startsWith(value='he')", "true"),
        ("'a-b' | replace(replace_pairs={'a': 'x'})", "x-b"),
        ("'aaa' | replace({'a*': 'x'}, regexp=true)", "xx"),
        ("'a.b' | substringBefore('')", ""),
        ("'a.b' | substringBefore(nothing)", "a.b"),
        ("'a.b' | substringBeforeLast('')", "a.b"),
        ("'a.b' | substringAfter('')", "a.b"),
        ("'a.b' | substringAfter(nothing)", ""),
        ("'a.b' | substringAfterLast('')", ""),
        ("'a,b,,' | split(',', -1)", '["a","b","",""]'),
        ("'' | split(',')", '[""]'),
        ("'a.b.c' | substringBefore('.')", "a"),
        ("'a.b.c' | substringBefore('-')", "a.b.c"),
        ("'a.b.c' | substringBeforeLast('.')", "a.b"),
        ("'a.b.c' | substringBeforeLast('-')", "a.b.c"),
        ("'a.b.c' | substringAfter('.')", "b.c"),
        ("'a.b.c' | substringAfter('-')", ""),
        ("'a.b.c' | substringAfterLast('.')", "c"),
        ("'a.b.c' | substringAfterLast('-')", ""),
        ("'a,b,,c,,' | split(',')", '["a","b","","c"]'),
        ("'a,b,c' | split(',', 2)", '["a","b,c"]'),
        ("'a,b,c' | split(',', 1)", '["a,b,c"]'),
        ("'a1b22c' | split('[0-9]+')", '["a","b","c"]'),
        ("'abc' | split('')", '["a","b","c"]'),
        ("'a-b' | replace({'a': 'x', '-': '+'})", "x+b"),
        (r"'a1b2' | replace({'(\d)': '<$1>'}, regexp=true)", "a<1>b<2>"),
        (r"'a1b2' | replace({'(\d)': '<$1>'}, true)", "a<1>b<2>"),
        ("map | replace({'x': 'z'})", '{"a":["z\'y","1"]}'),
        ("'order-12' | regexMatch('[0-9]+')", "true"),
        (r"'order-12' | regexReplace('(?<n>\d)', '${n}!')", "order-1!2!"),
        (r"'order-12' | regexExtract('(\w+)-(\d+)', 2)", "12"),
        ("'order' | regexExtract('[0-9]')", ""),
        ("'a\"b' | escapeChar('double')", r"a\"b"),
        ("\"a'b\" | escapeChar('SINGLE')", r"a\'b"),
        ("map | escapeChar('shell')", r"""{"a":["x'\\''y","1"]}"""),
        ("lines | indent(2)", "a\n  b"),
        ("crlf | nindent(1, '-')", "\r\n-a\r\n-b"),
        ("1 | nindent(2)", "\n  1"),
        ("'' | nindent(2)", ""),
    ],
)
def test_text_filters(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    "call",
    [
        *("abbreviate(1)", "capitalize", "title", "upper", "lower", "trim", "string", "condense", "slugify"),
        *("startsWith('a')", "endsWith('a')", "substringBefore('a')", "substringBeforeLast('a')", "split('a')"),
        *("substringAfter('a')", "substringAfterLast('a')", "replace({})", "regexReplace('a', 'b')", "indent(1)"),
        *("regexExtract('a')", "escapeChar('shell')", "nindent(1)"),
    ],
)
def test_null_stays_null(call: str) -> None:
    assert compile_template("{{ nothing | " + call + " }}").evaluate(VARIABLES) is None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("'a' | escapeChar('other')", "The 'escapeChar' filter expects the value of 'type' to be either 'single', "),
        ("'a' | abbreviate(-1)", "`abbreviate` needs a length of at least 0"),
        ("'a' | replace('b')", "`replace` expects a map of what to replace by what"),
        ("'a' | regexMatch('(')", "`(` is not a regular expression: missing ): ("),
        ("'a' | regexExtract('a', 1)", "The regular expression has no group 1"),
        ("'a' | regexReplace('a', '$1')", "The regular expression has no group 1"),
        ("'a' | regexReplace('a', '${n}')", "The regular expression has no group `n`"),
        ("'a' | abbreviate('a')", "`abbreviate` expects `length` to be a whole number but found a text"),
        ("'a' | split", "`split` expects an argument `delimiter`"),
    ],
)
def test_what_cannot_be_done_is_refused(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)
