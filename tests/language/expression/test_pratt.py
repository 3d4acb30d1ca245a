"""Expressions: precedence, grouping, and what is refused."""

from __future__ import annotations

import pytest

from gitops.language.expression import tree
from gitops.language.expression.lexer import pieces
from gitops.language.expression.problems import ProblemError
from gitops.language.expression.syntax import parse_output
from gitops.language.expression.tree import Expression


def expression(text: str) -> Expression:
    return parse_output(pieces("{{ " + text + " }}")[0])


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b == c", "a and (b == c)"),
        ("a == b + c", "a == (b + c)"),
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a * b | c", "a * (b | c)"),
        ("a == b | c", "a == (b | c)"),
        ("a ?? b | c", "(a ?? b) | c"),
        ("a | b ?? c", "(a | b) ?? c"),
        ("a ~ b | c", "(a ~ b) | c"),
        ("a ?? b + c", "(a ?? b) + c"),
        ("a + b ?? c", "a + (b ?? c)"),
        ("a ~ b ?? c", "a ~ (b ?? c)"),
        ("a..b | c", "(a..b) | c"),
        ("not a == b", "(not a) == b"),
        ("not a is defined", "(not a) is defined"),
        ("-a.b | c", "(-(a.b)) | c"),
        ("a is not defined and b", "(a is not defined) and b"),
        ("a in b and c not in d", "(a in b) and (c not in d)"),
        ("a contains b ? c : d ? e : f", "(a contains b) ? c : (d ? e : f)"),
        ("a ? b ? c : d : e", "a ? (b ? c : d) : e"),
    ],
)
def test_operators_group_as_in_pebble(text: str, grouped: str) -> None:
    assert expression(text) == expression(grouped)


def test_the_parts_of_an_expression_know_their_places() -> None:
    source = "{{ a.b | c('e', d=1) }}"
    parsed = parse_output(pieces(source)[0])
    places = [(type(node).__name__, source[slice(*node.span)]) for node, _ in tree.walk(parsed)]
    assert places == [
        ("Filter", "a.b | c('e', d=1)"),
        ("Attribute", "a.b"),
        ("Name", "a"),
        ("Arguments", "('e', d=1)"),
        ("Literal", "'e'"),
        ("Literal", "1"),
    ]
    (found,) = [node for node, _ in tree.walk(parsed) if isinstance(node, tree.Filter)]
    assert source[slice(*found.name_span)] == "c"


def test_arguments_may_be_named_after_those_that_are_not() -> None:
    call = expression("f(1, b=2)")
    assert isinstance(call, tree.Call)
    assert [type(each) for each in call.arguments.positional] == [tree.Literal]
    assert [name for name, _ in call.arguments.named] == ["b"]


def test_words_of_operators_are_names_of_attributes() -> None:
    parsed = expression("a.in.contains")
    assert isinstance(parsed, tree.Attribute)
    assert parsed.name == "contains"


def test_literals_are_told_apart_by_their_types() -> None:
    assert expression("1") != expression("1.0")
    assert expression("1") != expression("true")
    assert expression("10L") == expression("10")
    assert expression("none") == expression("null")


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "Expected a value but found `}}`", "}}"),
        ("a b", "Expected the end of the expression but found `b`", "b"),
        ("a +", "Expected a value but found `}}`", "}}"),
        ("a and or b", "Expected a value but found `or`", "or"),
        ("| f", "Expected a value but found `|`", "|"),
        ("a | 1", "Expected the name of a filter but found `1`", "1"),
        ("a is 1", "Expected the name of a test but found `1`", "1"),
        ("a.1", "Expected the name of an attribute but found `1`", "1"),
        ("a ? b", "Expected `:` but found `}}`", "}}"),
        ("[1 2]", "Expected `,` or `]` but found `2`", "2"),
        ("{'a' 1}", "Expected `:` but found `1`", "1"),
        ("{not: json}", "Expected a value but found `:`", ":"),
        ("f(a=1, 2)", "Positional arguments must come before named arguments", "2"),
        ("f(true=1)", "Expected the name of an argument but found the word `true`", "true"),
        ("a.b(1)", "Methods cannot be called: use a filter or a function in place of `.b(...)`", "b"),
        ("(a)(1)", "Only functions can be called, not values", "("),
        ("9223372036854775808", "The number 9223372036854775808 does not fit in 64 bits", "9223372036854775808"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text: str, message: str, place: str) -> None:
    source = "{{ " + text + " }}"
    with pytest.raises(ProblemError) as caught:
        expression(text)
    assert caught.value.message == message
    assert source[slice(*caught.value.span)] == place


@pytest.mark.parametrize("text", ["(" * 3000 + ")" * 3000, "-" * 3000 + "1", "1 ? " * 3000, "[" * 3000 + "]" * 3000])
def test_nesting_is_limited(text: str) -> None:
    with pytest.raises(ProblemError, match="The expression is nested too deeply"):
        expression(text)
