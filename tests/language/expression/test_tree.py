"""Equality of trees, and walking them."""

from __future__ import annotations

from gitops.language.expression import tree
from gitops.language.expression.syntax import parse


def test_trees_that_say_the_same_are_equal_wherever_they_stand() -> None:
    assert parse("{{ a|b }}") == parse("{{a  |  b}}")
    assert parse("{{ a }}") != parse("{{ b }}")


def test_a_literal_is_told_apart_from_one_of_another_type() -> None:
    here = tree.Span(0, 0)
    assert len({tree.Literal(here, 1), tree.Literal(here, True), tree.Literal(here, 1.0), tree.Literal(here, 1)}) == 3


def test_children_come_in_the_order_of_the_text() -> None:
    (output,) = parse("{{ a ? [b, c] : {d: e} }}").statements
    names = [node.name for node, _ in tree.walk(output) if isinstance(node, tree.Name)]
    assert names == ["a", "b", "c", "d", "e"]


def test_walking_tells_the_depth() -> None:
    (output,) = parse("{{ a.b.c }}").statements
    assert [(type(node).__name__, depth) for node, depth in tree.walk(output)] == [
        ("Output", 0),
        ("Attribute", 1),
        ("Attribute", 2),
        ("Name", 3),
    ]
