"""How arguments reach a body."""

from __future__ import annotations

from gitops.language.expression.calls import table
from gitops.language.expression.scope import Scope


def pad(value: object, width: int, fill_with: str = " ", type_: str = "") -> str:
    return f"{value}{width}{fill_with}{type_}"


def scoped(scope: Scope, to_render: object) -> object:
    return scope.variable(str(to_render))


def many(*values: object) -> int:
    return len(values)


def test_parameters_are_named_as_in_the_language() -> None:
    builtin = table("filter", {"pad": pad}, forgiving="")["pad"]
    assert dict(builtin.parameters) == {"width": "width", "fillWith": "fill_with", "type": "type_"}
    assert builtin.required == ("width",)


def test_the_scope_is_no_parameter() -> None:
    builtin = table("function", {"scoped": scoped}, forgiving="")["scoped"]
    assert builtin.scoped
    assert [*builtin.parameters] == ["toRender"]


def test_objections() -> None:
    builtin = table("filter", {"pad": pad}, forgiving="pad")["pad"]
    assert builtin.forgives
    assert builtin.objection(1, ["fillWith"]) is None
    assert builtin.objection(0, []) == "`pad` expects an argument `width`"
    assert builtin.objection(4, []) == "`pad` takes at most 3 arguments but found 4"
    assert builtin.objection(1, ["width"]) == "`pad` is given the argument `width` twice"
    assert builtin.objection(1, ["x"]) == "`pad` has no argument `x`; it has `width`, `fillWith`, `type`"


def test_a_parameter_may_have_other_names() -> None:
    builtin = table("filter", {"pad": pad}, forgiving="", synonyms={"pad": {"size": "width"}})["pad"]
    assert builtin.parameter("size") == builtin.parameter("width") == "width"
    assert builtin.objection(0, ["size"]) is None
    assert builtin.objection(1, ["size"]) == "`pad` is given the argument `size` twice"


def test_some_names_are_as_the_language_has_them() -> None:
    def replace(value: object, replace_pairs: object) -> object:
        return (value, replace_pairs)

    assert [*table("filter", {"replace": replace}, forgiving="")["replace"].parameters] == ["replace_pairs"]


def test_what_is_not_of_the_type_that_it_should_be_is_named() -> None:
    builtin = table("filter", {"pad": pad}, forgiving="")["pad"]
    assert builtin.misfit(["a"], {}) == "`pad` expects `width` to be a whole number but found a text"
    assert builtin.misfit([], {"width": True}) == "`pad` expects `width` to be a whole number but found true or false"
    assert builtin.misfit([1, 2], {}) == "`pad` expects `fillWith` to be a text but found a number"
    assert builtin.misfit([1, "x"], {"type_": None}) is None


def test_some_functions_take_any_number_of_arguments() -> None:
    assert table("function", {"many": many}, forgiving="")["many"].objection(99, []) is None
