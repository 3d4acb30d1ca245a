"""Templates: tags, their bodies, and what is wrong between them."""

from __future__ import annotations

import pytest

from gitops.language.expression import tree
from gitops.language.expression.problems import ProblemError
from gitops.language.expression.syntax import REMOVED, parse
from gitops.language.expression.tree import Statement


def only(source: str) -> Statement:
    (statement,) = parse(source).statements
    return statement


def test_an_if_has_its_branches_in_order() -> None:
    statement = only("{% if a %}1{% elseif b %}2{% elseif c %}3{% else %}4{% endif %}")
    assert isinstance(statement, tree.If)
    assert [test for test, _ in statement.branches] == [tree.Name(statement.span, name) for name in "abc"]
    assert statement.otherwise is not None


def test_a_statement_spans_from_its_first_tag_to_its_last() -> None:
    source = "x{% for a in b %}{{ a }}{% else %}none{% endfor %}y"
    statement = parse(source).statements[1]
    assert source[slice(*statement.span)] == source[1:-1]


def test_a_macro_has_parameters_with_defaults() -> None:
    statement = only("{% macro m(a, b=1) %}{{ a }}{% endmacro m %}")
    assert isinstance(statement, tree.Macro)
    assert [(name, default is None) for name, default in statement.parameters] == [("a", True), ("b", False)]


@pytest.mark.parametrize(
    ("source", "message", "place"),
    [
        ("{% if a %}b", "`{% if %}` is never closed: `{% endif %}` is missing", "{% if a %}"),
        ("{% for a in b %}{% endif %}", "Unexpected `{% endif %}`: `{% for %}` is open", "{% endif %}"),
        ("{% endfor %}", "Unexpected `{% endfor %}`: no tag is open", "{% endfor %}"),
        ("{% else %}", "Unexpected `{% else %}`: no tag is open", "{% else %}"),
        ("{% if a %}{% else %}{% else %}{% endif %}", "Unexpected `{% else %}`: `{% if %}` is open", "{% else %}"),
        ("{% nothing %}", "There is no tag `nothing`", "nothing"),
        ("{% include 'a' %}", "The tag `include` is not available: a template cannot reach another one", "include"),
        ("{% 1 %}", "Expected the name of a tag but found `1`", "1"),
        ("{% if a b %}{% endif %}", "Expected the end of the expression but found `b`", "b"),
        ("{% if a %}{% endif b %}", "Expected the end of the expression but found `b`", "b"),
        ("{% for a of b %}{% endfor %}", "Expected `in` but found `of`", "of"),
        ("{% for not in b %}{% endfor %}", "Expected the name of the loop's variable but found the word `not`", "not"),
        ("{% set a %}", "Expected `=` but found `%}`", "%}"),
        ("{% set null = 1 %}", "Expected the name of a variable but found the word `null`", "null"),
        ("{% macro m %}{% endmacro %}", "Expected `(` but found `%}`", "%}"),
        ("{% block 1 %}{% endblock %}", "Expected the name of the block but found `1`", "1"),
        ("{% block %}{% endblock %}", "Expected the name of the block but found `%}`", "%}"),
        ("{% filter %}{% endfilter %}", "Expected the name of a filter but found `%}`", "%}"),
        ("a {{ b", "`{{` is never closed: `}}` is missing", "{{"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(source: str, message: str, place: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse(source)
    assert caught.value.message == message
    assert source[slice(*caught.value.span)] == place


@pytest.mark.parametrize("tag", sorted(REMOVED))
def test_no_tag_reaches_another_template(tag: str) -> None:
    with pytest.raises(ProblemError, match=f"The tag `{tag}` is not available"):
        parse(f"{{% {tag} 'a' %}}")


@pytest.mark.parametrize("source", ["{% if a %}" * 1000, "{{ a" + ".b" * 1000 + " }}", "{{ 1" + "+1" * 1000 + " }}"])
def test_depth_is_limited(source: str) -> None:
    with pytest.raises(ProblemError, match="nested too deeply"):
        parse(source)
