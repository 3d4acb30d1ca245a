"""The inputs of an execution: defaults, what is missing, dots, dependencies, choices, secrets."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gitops.errors import ExpressionError, InvalidInputs
from gitops.language.inputs.input import Input
from gitops.language.inputs.resolve import Render, resolve_inputs
from tests.language.inputs.declaring import declare


def resolve(*inputs: Input, **given: object) -> dict[str, object]:
    return resolve_inputs(inputs, given, lambda value, _more: value)


def nested(levels: int) -> list[object]:
    """A list in a list in a list."""
    value: list[object] = []
    for _ in range(levels):
        value = [value]
    return value


def test_a_default_is_taken_and_rendered_when_nothing_is_given() -> None:
    inputs = [declare("INT", defaults="{{ seven }}")]
    assert resolve_inputs(inputs, {}, lambda _value, _more: "7") == {"x": 7}


def test_a_missing_value_is_a_problem_only_when_it_is_required() -> None:
    assert resolve(declare("STRING", required=False)) == {"x": None}
    with pytest.raises(InvalidInputs, match="missing required input"):
        resolve(declare("STRING"))


def test_dots_build_nested_values() -> None:
    inputs = [declare("INT", "a.b"), declare("INT", "a.c")]
    assert resolve_inputs(inputs, {"a.b": 1, "a.c": 2}, lambda value, _more: value) == {"a": {"b": 1, "c": 2}}


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidInputs) as refusal:
        resolve(declare("INT", "a"), declare("INT", "b"), a="x")
    assert [problem.message for problem in refusal.value.problems] == [
        "Invalid input for `a`, it must be a whole number, but received `x`",
        "Invalid input for `b`, missing required input, but received `null`",
    ]


def test_a_value_for_an_input_that_is_not_declared_is_ignored() -> None:
    assert resolve(declare("INT", "a"), a=1, z=2) == {"a": 1}


def rendering(**results: object) -> Render:
    """Renders each text to what is told here; every other value stays."""

    def render(value: object, more: Mapping[str, object]) -> object:
        found = results.get(str(value), value)
        return found(more) if callable(found) else found

    return render


def depends(*names: str, condition: str | None = None) -> dict[str, object]:
    return {"dependsOn": {"inputs": list(names), **({"condition": condition} if condition else {})}}


def test_an_input_is_left_out_when_its_condition_is_not_exactly_true() -> None:
    one, two = declare("STRING", "one"), declare("STRING", "two", **depends("one", condition="c"))
    for result, expected in (
        (True, {"one": "a", "two": "b"}),
        (False, {"one": "a"}),
        ("yes", {"one": "a"}),
        (1, {"one": "a"}),
    ):
        found = resolve_inputs([one, two], {"one": "a", "two": "b"}, rendering(c=result))
        assert found == expected


def test_a_condition_sees_only_what_its_input_depends_on_and_that_comes_first() -> None:
    seen: list[object] = []

    def look(more: Mapping[str, object]) -> bool:
        seen.append(more["inputs"])
        return True

    late = declare("STRING", "late", **depends("a.b", condition="c"))
    inputs = [late, declare("STRING", "other"), declare("INT", "a.b")]
    resolve_inputs(inputs, {"late": "x", "other": "y", "a.b": "3"}, rendering(c=look))
    assert seen == [{"a": {"b": 3}}]


def test_a_default_sees_what_its_input_depends_on() -> None:
    def greet(more: Mapping[str, object]) -> str:
        return f"hello {more['inputs']}"

    inputs = [declare("STRING", "late", defaults="d", **depends("one")), declare("INT", "one")]
    found = resolve_inputs(inputs, {"one": "1"}, rendering(d=greet))
    assert found == {"late": "hello {'one': 1}", "one": 1}


def test_what_depends_on_an_input_that_is_left_out_is_left_out_too() -> None:
    inputs = [
        declare("STRING", "one"),
        declare("STRING", "two", **depends("one", condition="c")),
        declare("STRING", "three", **depends("two")),
    ]
    found = resolve_inputs(inputs, {"one": "a", "two": "b", "three": "c"}, rendering(c=False))
    assert found == {"one": "a"}


def test_a_circle_of_dependencies_ends() -> None:
    inputs = [declare("STRING", "one", **depends("two")), declare("STRING", "two", **depends("one"))]
    assert resolve_inputs(inputs, {"one": "a", "two": "b"}, rendering()) == {}


def test_a_condition_that_cannot_be_rendered_is_a_problem_of_its_input() -> None:
    def fail(_more: Mapping[str, object]) -> object:
        raise ExpressionError("no such variable")

    with pytest.raises(InvalidInputs, match="Invalid input for `two`, no such variable"):
        resolve_inputs([declare("STRING", "two", **depends(condition="c"))], {}, rendering(c=fail))


def test_choices_come_from_an_expression() -> None:
    select = declare("SELECT", expression="{{ choices }}")
    render = rendering(**{"{{ choices }}": ["a", 2, None]})
    assert resolve_inputs([select], {"x": "2"}, render) == {"x": "2"}
    with pytest.raises(InvalidInputs, match=r"it must match the values `\[a, 2\]`, but received `b`"):
        resolve_inputs([select], {"x": "b"}, render)
    with pytest.raises(InvalidInputs, match="its `expression` must give a list"):
        resolve_inputs([select], {"x": "b"}, rendering(**{"{{ choices }}": "a, b"}))


def test_choices_are_compared_as_the_texts_that_expressions_write() -> None:
    select = declare("SELECT", expression="{{ choices }}")
    render = rendering(**{"{{ choices }}": [True, 1.5]})
    assert resolve_inputs([select], {"x": True}, render) == {"x": "true"}
    with pytest.raises(InvalidInputs, match=r"it must match the values `\[true, 1\.5\]`, but received `no`"):
        resolve_inputs([select], {"x": "no"}, render)


def test_the_first_choice_is_taken_when_the_flow_says_so() -> None:
    one = declare("SELECT", "one", values=["a", "b"], autoSelectFirst=True)
    several = declare("MULTISELECT", "several", values=["a", "b"], autoSelectFirst=True)
    assert resolve(one, several) == {"one": "a", "several": ["a"]}


def test_a_secret_is_encrypted_and_never_told() -> None:
    secret = declare("SECRET", validator="[a-z]+")
    assert resolve_inputs([secret], {"x": "abc"}, rendering(), encrypt=lambda text: text[::-1]) == {"x": "cba"}
    with pytest.raises(InvalidInputs, match=r"but received `\*+`") as refusal:
        resolve_inputs([secret], {"x": "ABC"}, rendering(), encrypt=str)
    assert "ABC" not in str(refusal.value)


@pytest.mark.parametrize(
    "declaration",
    [declare("ARRAY", itemType="SECRET"), declare("MULTISELECT", itemType="SECRET", values=["abc"])],
)
def test_each_secret_of_a_list_is_encrypted_and_none_is_told(declaration: Input) -> None:
    assert resolve_inputs([declaration], {"x": ["abc"]}, rendering(), encrypt=lambda text: text[::-1]) == {"x": ["cba"]}
    with pytest.raises(InvalidInputs) as refusal:
        resolve_inputs([declaration], {"x": "hush"}, rendering(), encrypt=str)
    assert "hush" not in str(refusal.value)
    with pytest.raises(InvalidInputs, match="set `encryption_key` in the settings"):
        resolve(declaration, x=["abc"])


def test_a_secret_without_a_key_names_the_setting() -> None:
    with pytest.raises(InvalidInputs, match="set `encryption_key` in the settings"):
        resolve(declare("SECRET"), x="abc")


def test_a_value_cannot_stand_where_another_is_nested() -> None:
    with pytest.raises(InvalidInputs, match=r"`a` is already a value and cannot hold `a\.b`"):
        resolve_inputs([declare("INT", "a"), declare("INT", "a.b")], {"a": 1, "a.b": 2}, rendering())
    with pytest.raises(InvalidInputs, match="`a` already holds other values and cannot be one itself"):
        resolve_inputs([declare("INT", "a.b"), declare("INT", "a")], {"a": 1, "a.b": 2}, rendering())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        ([None, "a"], '[null,"a"]'),
        ({"a": 1.0}, '{"a":1.0}'),
        (nested(5_000), "a value that is nested too deeply"),
    ],
    ids=["boolean", "list", "mapping", "deep"],
)
def test_what_was_received_is_written_as_expressions_write_it(value: object, shown: str) -> None:
    with pytest.raises(InvalidInputs) as refusal:
        resolve(declare("INT"), x=value)
    assert str(refusal.value) == f"Invalid input for `x`, it must be a whole number, but received `{shown}`"


def test_a_value_that_is_nested_too_deeply_is_a_problem_like_others() -> None:
    with pytest.raises(InvalidInputs, match="but received `a value that is nested too deeply`"):
        resolve(declare("STRING"), x=nested(5_000))
