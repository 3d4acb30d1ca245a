"""Searching with regular expressions: here where that takes no time, apart where it might."""

from __future__ import annotations

import time

import pytest

from gitops.engine.functions.side_process import SideProcesses
from gitops.errors import ExpressionError
from gitops.language.expression.scope import RUN_APART
from gitops.language.expression.template import compile_template


@pytest.fixture(scope="module")
def apart() -> object:
    """Real side processes; what may not end has half a second."""
    processes = SideProcesses(seconds=0.5)
    yield {RUN_APART: processes.run}
    processes.stop()


def shown(source: str, functions: object = None) -> str:
    variables = {"crlf": "a\r\nb", "line": "foo\n", "long": "x" * 200_000}
    return compile_template("{{ " + source + " }}").render(variables, functions or {})  # type: ignore[arg-type]  # functions, or none


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"'a1b2' | regexReplace('\d', '<$0>')", "a<1>b<2>"),
        (r"'ab' | regexReplace('(a)(x)?', '$2$1!')", "a!b"),
        (r"'a' | regexReplace('(a)', '$12')", "a2"),
        (r"'a' | regexReplace('a', '\\$\\\\')", "$\\"),
        ("'abc' | regexReplace('', '-')", "-a-b-c-"),
        ("'baaac' | regexReplace('a*', 'x')", "xbxxcx"),
        ("'été' | regexReplace('[^a-z]', '.')", ".t."),
        (r"'é' | regexMatch('\\w')", "false"),
        (r"'é' | regexMatch('\\p{L}')", "true"),
        ("crlf | regexExtract('.*')", "a"),
        ("'a1b22c' | split('[0-9]+', 2)", '["a","b22c"]'),
        ("'abc' | split('', 2)", '["a","bc"]'),
    ],
)
def test_what_is_searched_for_here(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'aXbX' | regexReplace('(?<=b)X', '!')", "aXb!"),
        (r"'abab' | regexExtract('(?<two>..)\\k<two>', 1)", "ab"),
        ("'xyzab' | regexExtract('[a-z&&[^ab]]+')", "xyz"),
        ("'aaab' | regexMatch('a++a')", "false"),
        ("line | regexReplace('o$', '0')", "fo0\n"),
        (r"'a b' | split('\\h')", '["a","b"]'),
    ],
)
def test_what_is_searched_for_apart(apart: object, source: str, expected: str) -> None:
    assert shown(source, apart) == expected


def test_a_search_without_end_is_ended(apart: object) -> None:
    began = time.monotonic()
    with pytest.raises(ExpressionError, match=r"it takes longer than 0\.5 seconds"):
        shown(r"long | regexMatch('(?=x)(x+x+)+y')", apart)
    assert time.monotonic() - began < 10


def test_a_pattern_that_explodes_elsewhere_is_harmless_here() -> None:
    assert shown("long | regexMatch('(x+x+)+y')") == "false"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("'a' | regexMatch('(?=a)')", "Unable to search for the regular expression `(?=a)`: it might not end, and"),
        ("'a' | regexMatch('a{100000}')", "Unable to search for the regular expression `a{100000}`: it might not"),
        ("'a' | regexMatch('[a')", "`[a` is not a regular expression: missing ]: [a"),
        ("'a' | regexMatch(long)", "The regular expression is longer than 2,000 characters"),
        ("long | regexReplace('x', long)", "The text is longer than 67,108,864 characters"),
        ("'a' | regexReplace('a', '$')", "The replacement `$` ends a group or an escape too early at `$`"),
    ],
)
def test_what_is_refused(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)


def test_what_is_wrong_apart_is_told(apart: object) -> None:
    with pytest.raises(ExpressionError, match=r"`\(\?<=a\)\*\*`: multiple repeat"):
        shown("'a' | regexMatch('(?<=a)**')", apart)


def test_searching_is_work() -> None:
    with pytest.raises(ExpressionError, match="The template takes more than 5,000,000 steps"):
        compile_template("{% for i in 1..9999 %}{% if l | regexMatch('y') %}{% endif %}{% endfor %}").render(
            {"l": "x" * 200_000}
        )
