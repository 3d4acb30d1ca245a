"""How a problem reaches the reader."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.problems import ProblemError, UndefinedError, explain, position, problem_of, quote
from gitops.language.expression.tree import Span


@pytest.mark.parametrize(("offset", "expected"), [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (4, (3, 1)), (5, (3, 2))])
def test_lines_and_columns_count_from_one(offset: int, expected: tuple[int, int]) -> None:
    assert position("a\nb\ncd", offset) == expected


def test_a_short_template_is_quoted_whole() -> None:
    assert quote("Hello {{ a }} {{ b }}", Span(17, 18)) == "Hello {{ a }} {{ b }}"


def test_of_a_long_template_the_one_tag_is_quoted() -> None:
    source = "first {{ a }}\nthen {{ b | c }} {% if d %}\n"
    assert quote(source, Span(source.index("c"), source.index("c") + 1)) == "{{ b | c }}"
    assert quote(source, Span(source.index("d %"), source.index("d %") + 1)) == "{% if d %}"


def test_a_long_tag_is_cut() -> None:
    assert len(quote("{{ '" + "x" * 1000 + "' }}", Span(3, 4))) == 200


def test_the_place_is_told_in_the_message_and_beside_it() -> None:
    error = explain(UndefinedError("x", Span(5, 6)), "a\n{{ x }}")
    assert str(error) == "Unable to find `x` used in the expression `{{ x }}` at line 2"
    assert (error.line, error.column) == (2, 4)


def test_a_complete_message_stays_as_it_is() -> None:
    error = explain(ProblemError("No such file", Span(3, 4), complete=True), "{{ read('a') }}")
    assert str(error) == "No such file"
    assert (error.line, error.column) == (1, 4)


def test_a_fault_of_a_built_in_is_told_in_the_words_of_the_language() -> None:
    here = Span(3, 4)
    assert problem_of(TypeError("x"), here, what="upper", subject=[]).message == "`upper` cannot be used on a list"
    assert problem_of(ValueError("x"), here, what="upper").message == "`upper` failed: x"
    assert problem_of(ArithmeticError("x"), here).message == "x"
    assert problem_of(ExpressionError("x", line=1), here, what="upper").complete
