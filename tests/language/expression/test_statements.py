"""Tags: what they write, the names they bind, and the limits they are held to."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

VARIABLES: dict[str, object] = {"list": ["a", "b"], "map": {"k": 1}, "x": "outer", "nothing": None, "empty": []}


def shown(source: str) -> str:
    return compile_template(source).render(VARIABLES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% if x == 'outer' %}1{% else %}2{% endif %}", "1"),
        ("{% if false %}1{% elseif 0 %}2{% elseif x %}3{% else %}4{% endif %}", "3"),
        ("{% if false %}1{% endif %}", ""),
        (
            "{% for i in list %}{{ loop.index }}{{ i }}{{ loop.first }}{{ loop.last }} {% endfor %}",
            "0atruefalse 1bfalsetrue ",
        ),
        ("{% for i in list %}{{ loop.length }}{{ loop.revindex }}{% endfor %}", "2120"),
        ("{% for i in map %}{{ i.key }}={{ i.value }}{% endfor %}", "k=1"),
        ("{% for map in [map] %}{{ map.k }}{% endfor %}{{ map.k }}", "11"),
        ("{% set m = {'a': {'b': {'c': 1}}} %}{{ m.a.b.c }}{{ m.a.x.y ?? 2 }}{{ m.a.b.c.d ?? 3 }}", "123"),
        ("{% for i in empty %}1{% else %}none{% endfor %}", "none"),
        ("{% for i in nothing %}1{% else %}none{% endfor %}", ""),
        ("{% for x in list %}{{ x }}{% endfor %}{{ x }}", "abouter"),
        (
            "{% for i in 1..2 %}{% for j in 1..2 %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}",
            "010011",
        ),
        ("{% set a = 1 %}{% for i in list %}{% set a = a + 1 %}{% endfor %}{{ a }}", "3"),
        ("{% for i in list %}{% set a = i %}{% endfor %}{{ a ?? 'gone' }}", "gone"),
        ("{% for i in list %}{% set x = i %}{% endfor %}{{ x }}", "b"),
        ("{% set a = list %}{{ a[1] }}{{ a }}", 'b["a","b"]'),
        ("{% macro m(a, b=2) %}<{{ a }}{{ b }}>{% endmacro %}{{ m(1) }}{{ m(b=3, a=4) }}", "<12><43>"),
        ("{{ later('!') }}{% macro later(a) %}{{ a }}{% endmacro %}", "!"),
        ("{% macro m(a) %}{{ x ?? 'unseen' }}{% endmacro %}{{ m(1) }}", "unseen"),
        ("{% filter upper | trim %} a{{ x }} {% endfilter %}", "AOUTER"),
        ("{% filter upper %}a{% filter replace({'B': 'c'}) %}b{% endfilter %}{% endfilter %}", "AB"),
        ("{% block b %}1{% endblock %}{{ block('b') }}", "11"),
    ],
)
def test_tags_write(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{% if nothing %}{% endif %}", "`if` needs true or false but found null"),
        ("{% if map %}{% endif %}", "Expected true or false, a number or a text but found a map"),
        ("{% for i in x %}{% endfor %}", "`for` needs a list or a map but found a text"),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "The macro `m` takes (a)"),
        ("{% macro m(a) %}{% endmacro %}{{ m(b=2) }}", "The macro `m` takes (a)"),
        ("{% if true %}{{ block('b') }}{% endif %}", "There is no block `b`"),
        ("{% macro m(a) %}{{ a | upper(1) }}{% endmacro %}{{ m(1) }}", "`upper` takes no arguments but found 1"),
        ("{% for i in list %}{{ i.x }}{% endfor %}", "Unable to find `x` used"),
        ("{% for i in list %}{{ other.x }}{% endfor %}{{ i.y }}", "Unable to find `other` used"),
    ],
)
def test_a_failure_says_what(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{% for i in 1..9999999 %}{% endfor %}", "The template takes more than 5,000,000 steps"),
        ("{{ range(0, 99999999999) }}", "The template takes more than 5,000,000 steps"),
        ("{% for i in 1..2000 %}{% for j in 1..2000 %}{% endfor %}{% endfor %}", "The template takes more than"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "Too many rendering attempts"),
        ("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() ?? '' }}", "Too many rendering attempts"),
        (
            "{% set a = [1] %}{% for i in 1..99 %}{% set a = [a, a] %}{% endfor %}{{ a }}",
            "The value holds more than 2,000,000",
        ),
        (
            "{% set a = [1] %}{% for i in 1..99 %}{% set a = a + a %}{% endfor %}",
            "The value holds more than 2,000,000 items",
        ),
        ("{% set a = {} %}{% for i in 1..99 %}{% set a = {'b': a, 'c': a} %}{% endfor %}", "The value holds more"),
        ("{% set a = [1] %}{% for i in 1..99 %}{% set a = a | merge(a) %}{% endfor %}", "The value holds more than"),
        (
            "{% set a = 'x' | replace({'x': '1234'}) %}{% for i in 1..99 %}{% set a = [a, a] %}{% endfor %}{{ a }}",
            "The value holds more than",
        ),
        (
            "{% for i in 1..9999 %}{% for j in 1..9999 %}{{ [i, j] | first }}{% endfor %}{% endfor %}",
            "The template takes more than",
        ),
        ("{% macro m(n) %}{% for i in 1..9 %}{{ m(n + 1) }}{% endfor %}{% endmacro %}{{ m(0) }}", "Too many rendering"),
        ("{% block b %}{{ block('b') }}{% endblock %}", "Too many rendering attempts"),
        ("{% set a = 1..999999 %}{{ a - a }}", "The template takes more than 5,000,000 steps"),
        ("{% set a = 1..999999 %}{{ a contains a }}", "The template takes more than 5,000,000 steps"),
        ("{% set a = 1..2000 %}{% for i in 1..9999 %}{{ a }}{% endfor %}", "The text is longer than"),
        ('{% set a = 1..999999 %}{{ "' + "#{a}" * 16 + '" }}', "The text is longer than"),
        ("{% set a = 1..999999 %}{% for i in 1..99 %}{{ a == a or a == [a] }}{% endfor %}", "The template takes more"),
        ("{% set a = 1..2000000 %}{{ a | sort }}", "The template takes more than 5,000,000 steps"),
        ("{% set a = 'aaaaaaaa' %}{% for i in 1..99 %}{% set a = a ~ a %}{% endfor %}", "The text is longer than"),
        (
            "{% set a = 'a' %}{% for i in 1..9 %}{% set a = a | replace({'a': 'aaaaaaaaaaaaaaaaaaaa'}) %}{% endfor %}",
            "The text is longer than",
        ),
        ("{{ 'a\nb' | indent(99999999999) }}", "The text is longer than"),
    ],
)
def test_no_template_runs_or_grows_without_end(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)
