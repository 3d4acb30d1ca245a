"""Functions that look at the rendering they are called from."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

VARIABLES: dict[str, object] = {
    "first": "1",
    "second": "{{ first }}",
    "third": "{{ second }}",
    "map": {"{{ first }}": ["{{ third }}"]},
    "raw": "{% raw %}{{ first }}{% endraw %}",
    "envs": {"name": "value", "empty": ""},
}


def shown(source: str) -> str:
    return compile_template("{{ " + source + " }}").render(VARIABLES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("render(third)", "1"),
        ("render(third, recursive=false)", "{{ first }}"),
        ("renderOnce(third)", "{{ first }}"),
        ("render(map)", '{"1":["1"]}'),
        ("render(42)", "42"),
        ("render(null)", ""),
        ("render(raw)", "{{ first }}"),
        ("printContext().first", "1"),
        ("fetchContext().first", "1"),
        ("env('NAME')", "value"),
        ("env('ENV_NAME')", "value"),
        ("env('EMPTY', 'd')", "d"),
        ("env(name='other', default='d')", "d"),
        ("env('other')", ""),
    ],
)
def test_results(source: str, expected: str) -> None:
    assert shown(source) == expected


def test_a_failure_inside_is_told_by_the_text_inside() -> None:
    with pytest.raises(ExpressionError, match=r"Unable to find `a` used in the expression `\{\{ a \}\}` at"):
        shown("render('{{ a }}') ?? 'lost'")


def test_without_an_environment_there_is_the_default() -> None:
    assert compile_template("{{ env('NAME', 'd') }}").render({}) == "d"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("parent()", "`parent` has nothing to write: a template cannot extend another one"),
        ("i18n('bundle', 'key', 1)", "There is no bundle `bundle`: flows have no translations"),
    ],
)
def test_what_this_language_has_not_is_said(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)
