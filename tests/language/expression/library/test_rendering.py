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
    "outputs": {"task": {"a": {"x": {"value": "ax"}, "1": {"value": "a1"}}, "b": {}}},
    "taskrun": {"value": "x"},
    "parents": [{"taskrun": {"value": "a"}}, {"outputs": {}}],
    "iterations": [{"n": 1}, {}, {"n": 3}],
}


def shown(source: str, **more: object) -> str:
    return compile_template("{{ " + source + " }}").render(VARIABLES | more)


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
        ("currentEachOutput(outputs.task).value", "ax"),
        ("loopOutputs(iterations, 'n')", "[1,null,3]"),
        ("printContext().first", "1"),
    ],
)
def test_results(source: str, expected: str) -> None:
    assert shown(source) == expected


def test_a_failure_inside_is_told_by_the_text_inside() -> None:
    with pytest.raises(ExpressionError, match=r"Unable to find `a` used in the expression `\{\{ a \}\}` at"):
        shown("render('{{ a }}') ?? 'lost'")


def test_the_value_of_an_iteration_may_be_a_number() -> None:
    assert shown("currentEachOutput(outputs.task).value", taskrun={"value": 1}) == "a1"


@pytest.mark.parametrize(
    ("source", "more", "message"),
    [
        ("currentEachOutput(first)", {}, "`currentEachOutput` needs the outputs of a task, a map, but found a text"),
        ("currentEachOutput(outputs.task)", {"parents": [], "taskrun": {"value": "z"}}, "No execution outputs for the"),
        ("currentEachOutput(outputs.task)", {"parents": [], "taskrun": None}, "`currentEachOutput` can only be used"),
        ("loopOutputs(first, 'n')", {}, "`loopOutputs` needs a list of outputs but found a text"),
    ],
)
def test_what_cannot_be_found_is_a_failure(source: str, more: dict[str, object], message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source, **more)
    assert str(caught.value).startswith(message)
