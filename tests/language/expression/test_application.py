"""Filters, tests and functions applied: arguments, faults with their places, and the work that is counted."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.access import Evaluate
from gitops.language.expression.application import applied, called, failing, foreign, forgiving
from gitops.language.expression.calls import table
from gitops.language.expression.problems import ProblemError, UndefinedError
from gitops.language.expression.scope import Budget, Functions, Limits, Scope
from gitops.language.expression.template import Template
from gitops.language.expression.tree import Span

HERE = Span(3, 7)


def scope(functions: Functions | None = None) -> Scope:
    return Scope(
        {}, functions or {}, Budget(Limits(steps=1000, characters=2000)), lambda value, _scope, recursive: value
    )


def constant(value: object) -> Evaluate:
    return lambda _scope: value


def repeat(value: object, times: int = 2, suffix: str = "") -> str:
    return str(value) * times + suffix


REPEAT = table("filter", {"repeat": repeat}, forgiving="")["repeat"]


@pytest.mark.parametrize(
    ("arguments", "named", "expected"),
    [((), (), "aa"), ((3,), (), "aaa"), ((3, "!"), (), "aaa!"), ((), (("suffix", "!"),), "aa!")],
)
def test_arguments_reach_the_body(
    arguments: tuple[object, ...], named: tuple[tuple[str, object], ...], expected: str
) -> None:
    given = [(word, constant(value)) for word, value in named]
    assert applied(REPEAT, constant("a"), [*map(constant, arguments)], given, span=HERE)(scope()) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1, 2, 3), "`repeat` takes at most 2 arguments but found 3"),
        (("x",), "`repeat` expects `times` to be a whole number but found a text"),
        ((3, 4), "`repeat` expects `suffix` to be a text but found a number"),
        ((9999,), "The text is longer than 2,000 characters"),
    ],
)
def test_what_goes_wrong_has_its_place(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(ProblemError, match=message) as caught:
        applied(REPEAT, constant("a"), [*map(constant, arguments)], (), span=HERE)(scope())
    assert caught.value.span == HERE


def size(value: object) -> int:
    return len(str(value))


def test_large_values_are_work() -> None:
    length = table("filter", {"length": size}, forgiving="")["length"]
    one = scope()
    applied(length, constant("x" * 3200), (), (), span=HERE)(one)
    assert one.budget.steps == 900
    applied(length, constant("x" * 64), (), (), span=HERE)(one)
    assert one.budget.steps == 900


def test_a_built_in_function_is_called() -> None:
    total = table("function", {"sum": add}, forgiving="")["sum"]
    assert called(total, [constant(1), constant(2)], (), span=HERE)(scope()) == 3


def add(left: int, right: int) -> int:
    return left + right


def test_a_function_of_the_caller_is_called_by_python_s_names() -> None:
    functions = {"f": lambda a, error_on_missing: (a, error_on_missing)}
    call = foreign("f", [constant(1)], [("errorOnMissing", constant(2))], span=HERE)
    assert call(scope(functions)) == (1, 2)


def test_what_a_caller_s_function_says_reaches_the_user_unchanged() -> None:
    def refuse() -> None:
        raise ExpressionError("no")

    with pytest.raises(ProblemError, match=r"^no$") as caught:
        foreign("f", (), (), span=HERE)(scope({"f": refuse}))
    assert caught.value.complete


def test_a_function_that_fails_for_another_reason_says_it() -> None:
    def fail(key: str) -> str:
        return key + str(1 + key)  # type: ignore[operator]  # fails on purpose

    with pytest.raises(ProblemError, match="`f` failed: unsupported operand"):
        foreign("f", [constant("a")], (), span=HERE)(scope({"f": fail}))


def test_a_function_that_shows_no_signature_says_what_python_says() -> None:
    with pytest.raises(ProblemError, match="`f` failed: "):
        foreign("f", [constant(1), constant("a")], (), span=HERE)(scope({"f": max}))


def test_a_macro_that_fails_says_what_python_says() -> None:
    def fail(scope: Scope, value: object) -> object:
        return value + scope  # type: ignore[operator]  # fails on purpose

    one = scope()
    one.macros = {"m": fail}
    with pytest.raises(ProblemError, match="`m` failed: unsupported operand"):
        foreign("m", [constant(1)], (), span=HERE)(one)


def test_no_function_is_reached_that_was_not_handed_in() -> None:
    with pytest.raises(ProblemError, match=r"Function or Macro \[eval\] does not exist"):
        foreign("eval", (), (), span=HERE)(scope())


def test_what_is_undefined_may_be_forgiven() -> None:
    def undefined(_scope: Scope) -> object:
        raise UndefinedError("a", HERE)

    assert forgiving(undefined)(scope()) is None


def test_what_is_known_to_fail_fails_when_it_is_reached() -> None:
    Template("{% if false %}{{ 1 | nope }}{% endif %}").render({})
    with pytest.raises(ProblemError, match="never"):
        failing("never", HERE)(scope())
