"""Rendering from the outside: text, types, structures, functions of the caller, errors, and what the linter sees."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import MappingProxyType

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression import tree
from gitops.language.expression.inspection import expressions
from gitops.language.expression.template import Template, compile_template, render

VARIABLES: dict[str, object] = {
    "text": "hello",
    "number": 7,
    "half": 2.5,
    "yes": True,
    "nothing": None,
    "map": {"a": {"b": "deep"}, "empty": {}, "null": None, "my-key": 1},
    "list": [1, 2, 3],
    "key": "a",
    "date": datetime(2013, 9, 8, 16, 19, tzinfo=timezone(timedelta(hours=2))),
}


def shown(source: str) -> str:
    return compile_template(source).render(VARIABLES)


def failure(source: str, **functions: object) -> str:
    with pytest.raises(ExpressionError) as caught:
        compile_template(source).render(VARIABLES, functions)  # type: ignore[arg-type]  # some are no functions on purpose
    assert caught.value.line is not None
    assert caught.value.column is not None
    return str(caught.value)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("{{ text }} {{ number }} {{ half }} {{ yes }}|{{ nothing }}|", "hello 7 2.5 true||"),
        ("{{ map }}", '{"a":{"b":"deep"},"empty":{},"null":null,"my-key":1}'),
        ("{{ list }} {{ date }}", "[1,2,3] 2013-09-08T16:19+02:00"),
        ("{{ map.a.b }} {{ map['a'].b }} {{ map[key]['b'] }} {{ map['my-key'] }}", "deep deep deep 1"),
        ("{{ list[0] }} {{ list['1'] }} {{ [4, 5][1] }} {{ {'a': 6}.a }}", "1 2 5 6"),
        ("{{ number / 2 }} {{ -number / 2 }} {{ -number % 4 }} {{ number * half }}", "3 -3 -3 17.5"),
        ("{{ number + 'a' }} {{ 'a' ~ number ~ nothing }} {{ list + 4 }}", "7a a7 [1,2,3,4]"),
        ("{{ number > 6 and text == 'hello' or nope }} {{ not yes }}", "true false"),
        ("{{ text != number }} {{ text contains 'ell' }}", "true true"),
        ("{{ list contains 2 }} {{ 2 in list }} {{ 9 not in list }} {{ 'ell' in text }}", "true true true false"),
        ("{{ yes ? 'a' : 'b' }} {{ nothing ? 'a' : 'b' }}", "a b"),
        ("{{ nope ??? 'u' }}", "u"),
        ("{{ nope ?? 'x' }} {{ map.nope.deep ?? 'y' }} {{ nothing ?? 'z' }} {{ nothing ??? 'w' }}|", "x y z |"),
        ("{{ map[nope].x ?? map.nope ?? text }}", "hello"),
        ("{{ nope is defined }} {{ text is not defined }} {{ map.x.y is defined }}", "false false false"),
        ("{{ nope | default('d') }} {{ text | default('d') }}", "d hello"),
        ('{{ "#{text} and #{number + 1}" }}', "hello and 8"),
        ("{{ 1..3 }} {{ 'a'..'c' }}", '[1,2,3] ["a","b","c"]'),
        ("{% raw %}{{ text }}{% endraw %}", "{{ text }}"),
        ("a{# {{ nope }} #}b", "ab"),
    ],
)
def test_text_mode(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ number }}", 7),
        ("{{ list }}", [1, 2, 3]),
        ("{{ nothing }}", None),
        ("{{ number + 1 }}", 8),
        ("{{ number }}{{ number }}", "77"),
        (" {{ yes }}", " true"),
        ("{{ nothing }}{{ list }}", [1, 2, 3]),
        ("{% if yes %}{{ number }}{% endif %}", 7),
        ("plain", "plain"),
        ("", None),
    ],
)
def test_typed_mode_keeps_the_type_of_a_single_value(source: str, expected: object) -> None:
    assert compile_template(source).evaluate(VARIABLES) == expected


def test_typed_mode_refuses_a_list_beside_text() -> None:
    with pytest.raises(ExpressionError, match="A map or a list cannot stand beside other text when the type is kept"):
        compile_template("a{{ list }}").evaluate(VARIABLES)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ nope }}", "Unable to find `nope` used in the expression `{{ nope }}` at line 1"),
        ("{{ map.x }}", "Unable to find `x` used in the expression `{{ map.x }}` at line 1"),
        ("{{ map.a.b.c }}", "Unable to find `c` used in the expression `{{ map.a.b.c }}` at line 1"),
        ("{{ nothing.x }}", "Unable to find `nothing` used in the expression `{{ nothing.x }}` at line 1"),
        ("{{ list[3] }}", "Unable to find `3` used in the expression `{{ list[3] }}` at line 1"),
        ("{{ list[-1] }}", "Unable to find `-1` used in the expression `{{ list[-1] }}` at line 1"),
        ("{{ list[true] }}", "Unable to find `true` used in the expression `{{ list[true] }}` at line 1"),
        ("a\nb {{\n nope }}", "Unable to find `nope` used in the expression `{{\n nope }}` at line 3"),
        ("{{ text | nope }}", "Filter [nope] does not exist in the expression `{{ text | nope }}` at line 1"),
        ("{{ text is nope }}", "Test [nope] does not exist in the expression `{{ text is nope }}` at line 1"),
        ("{{ nope() }}", "Function or Macro [nope] does not exist in the expression `{{ nope() }}` at line 1"),
        ("{{ 1 + yes }}", "invalid operands for mathematical operation `+`: a number and true or false in the"),
        ("{{ text > 1 }}", "invalid operands for mathematical comparison `>`: a text and a number in the"),
        ("{{ 9223372036854775807 + 1 }}", "The result of `+` does not fit in 64 bits in the"),
        ("{{ 1 / 0 }}", "Division by zero in the"),
        ("{{ yes and nothing }}", "`and` needs true or false but found null in the"),
        ("{{ not nothing }}", "`not` needs true or false but found null in the"),
        ("{{ list ? 1 : 2 }}", "Expected true or false, a number or a text but found a list in the"),
        ("{{ text | upper(1) }}", "`upper` takes no arguments but found 1 in the"),
        ("{{ text | split }}", "`split` expects an argument `delimiter` in the"),
        ("{{ text | date(zone=1) }}", "`date` has no argument `zone`; it has `format`, `timeZone`, `existingFormat`,"),
        ("{{ text | abbreviate(1, length=1) }}", "`abbreviate` is given the argument `length` twice in the"),
        ("{{ text | chunk(2) }}", "`chunk` needs a list but found a text in the"),
        ("{{ list | abbreviate('a') }}", "`abbreviate` expects `length` to be a whole number but found a text in the"),
        ("{{ list | dateAdd(1, 'DAYS') }}", "A list is not a date in the"),
        ("{{ number..text }}", "`..` needs whole numbers or single characters but found a text in the"),
        ("{{ -text }}", "invalid operands for mathematical operation `*`: a number and a text in the"),
        ("{{ number contains 1 }}", "`contains` needs a list, a map or a text on its left but found a number in the"),
    ],
)
def test_a_failure_says_what_where(source: str, message: str) -> None:
    assert failure(source).startswith(message)


def test_syntax_errors_come_with_the_compilation() -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_template("a\n{{ b c }}")
    assert str(caught.value) == (
        "Expected the end of the expression but found `c` in the expression `{{ b c }}` at line 2"
    )
    assert (caught.value.line, caught.value.column) == (2, 6)


def test_functions_of_the_caller_get_arguments_under_their_names() -> None:
    def secret(key: str, namespace: str = "mine") -> str:
        return f"{namespace}/{key}"

    template = compile_template("{{ secret('A') }} {{ secret(key='B', namespace='yours') }}")
    assert template.render({}, {"secret": secret}) == "mine/A yours/B"


def test_the_message_of_a_caller_s_function_reaches_the_user_unchanged() -> None:
    def read(path: str) -> str:
        raise ExpressionError(f"Unable to read the file '{path}'")

    assert failure("{{ read('a') }}", read=read) == "Unable to read the file 'a'"


def test_a_caller_s_function_called_wrongly_is_a_failure() -> None:
    def secret(key: str) -> str:
        return key

    assert failure("{{ secret() }}", secret=secret).startswith("`secret` expects an argument `key` in the")
    assert failure("{{ secret('a', 'b') }}", secret=secret).startswith("`secret` takes at most 1 argument but found 2")
    assert failure("{{ secret(name='a') }}", secret=secret).startswith("`secret` has no argument `name`; it has `key`")


def test_named_arguments_reach_a_caller_s_function_as_python_names_them() -> None:
    def kv(key: str, error_on_missing: bool = True) -> str:
        return f"{key} {error_on_missing}"

    assert compile_template("{{ kv('a', errorOnMissing=false) }}").render({}, {"kv": kv}) == "a False"


def test_templates_are_compiled_once() -> None:
    assert compile_template("{{ once }}") is compile_template("{{ once }}")


def test_a_template_can_be_rendered_with_any_mapping() -> None:
    variables = MappingProxyType({"a": MappingProxyType({"b": 1})})
    assert Template("{{ a.b }}{% set c = a.b %}{{ c }}").render(variables) == "11"


def test_structures_are_rendered_keys_and_values() -> None:
    value = {"{{ key }}": ["{{ number }}", {"x": "{{ text }}"}], "n": 1, "none": None}
    assert render(value, VARIABLES) == {"a": ["7", {"x": "hello"}], "n": 1, "none": None}
    assert render(value, VARIABLES, typed=True) == {"a": [7, {"x": "hello"}], "n": 1, "none": None}


def test_a_text_without_braces_is_returned_untouched() -> None:
    text = "no braces % } here"
    assert render(text, {}) is text


def test_what_is_rendered_is_not_rendered_again() -> None:
    assert render("{{ a }}", {"a": "{{ b }}", "b": 1}) == "{{ b }}"


def test_recursive_rendering_goes_on_until_nothing_changes() -> None:
    variables = {"a": "{{ b }}", "b": "{{ c }}", "c": "{% raw %}{{ d }}{% endraw %}", "e": ["{{ a }}"]}
    assert render("{{ a }}", variables, recursive=True) == "{{ d }}"
    assert render("{{ e }}", variables, recursive=True) == '["{{ d }}"]'


def test_recursive_rendering_has_no_render_function() -> None:
    with pytest.raises(ExpressionError, match=r"Function or Macro \[render\] does not exist"):
        render("{{ render(a) }}", {"a": "1"}, recursive=True)


def test_texts_that_hold_each_other_are_given_up() -> None:
    with pytest.raises(ExpressionError, match="Too many rendering attempts"):
        render("{{ render(a) }}", {"a": "{{ b }}", "b": "{{ a }}"})
    with pytest.raises(ExpressionError, match="Too many rendering attempts"):
        render("{{ render(a) }}", {"a": "x{{ render(a) }}"})


def test_raw_tags_in_values_are_gone_from_the_result() -> None:
    assert render("{{ a }}", {"a": "{% raw %}{{ b }}{% endraw %}"}) == "{{ b }}"


def test_a_structure_that_is_too_deep_is_refused() -> None:
    value: object = "{{ a }}"
    for _ in range(5000):
        value = [value]
    with pytest.raises(ExpressionError, match="The value is nested too deeply to be rendered"):
        render(value, {"a": 1})


def test_the_linter_sees_every_expression_with_its_place() -> None:
    source = "a {{ b.c }} {% if d %}{{ e | f }}{% endif %}{# {{ g }} #}{% raw %}{{ h }}{% endraw %}"
    found = expressions(source)
    assert [(source[slice(*each.span)], each.tag) for each in found] == [
        ("{{ b.c }}", None),
        ("{% if d %}", "if"),
        ("{{ e | f }}", None),
        ("{% endif %}", "endif"),
    ]
    names = {
        node.name
        for each in found
        for root in each.expressions
        for node, _ in tree.walk(root)
        if isinstance(node, tree.Name)
    }
    assert names == {"b", "d", "e"}
    assert all(each.error is None for each in found)


def test_the_linter_sees_all_that_is_wrong_at_once() -> None:
    found = expressions("{{ a b }} {{ c }} {% nope %} {{ d ! }}\n{{ 'e }}")
    errors = [(str(each.error).partition(" in the")[0], each.error.line) for each in found if each.error]
    assert errors == [
        ("Expected the end of the expression but found `b`", 1),
        ("There is no tag `nope`", 1),
        ("Unexpected character `!`", 1),
        ("The text is never closed: `'` is missing", 2),
    ]
    assert sum(each.error is None for each in found) == 1


def test_the_linter_sees_tags_that_do_not_match() -> None:
    *_, last = expressions("{% if a %}{{ b }}")
    assert last.error is not None
    assert str(last.error).startswith("`{% if %}` is never closed")


def test_plain_text_has_no_expressions() -> None:
    assert expressions("a %} b") == ()
    assert expressions("{ a }") == ()


@pytest.mark.parametrize("tag", ["for a in b", "set a = b", "macro m(a=b)", "filter f(b)", "block b", "elseif b"])
def test_the_linter_reads_every_tag(tag: str) -> None:
    first = expressions(f"{{% {tag} %}}")[0]
    assert first.tag == tag.split(maxsplit=1)[0]
    names = [node.name for root in first.expressions for node, _ in tree.walk(root) if isinstance(node, tree.Name)]
    assert names == ([] if first.tag == "block" else ["b"])
