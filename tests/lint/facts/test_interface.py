"""What a flow offers to those who call it."""

from __future__ import annotations

import pytest

from gitops.lint.facts.interface import InputFact
from tests.lint.facts.reading import facts_of


def inputs(*lines: str) -> tuple[InputFact, ...]:
    return facts_of("inputs:\n" + "".join(f"  - {line}\n" for line in lines)).inputs


@pytest.mark.parametrize(
    ("more", "needed"),
    [
        ("", True),
        (", required: true", True),
        (", required: false", False),
        (", defaults: x", False),
        (", prefill: x", False),
        (", dependsOn: {inputs: [b]}", False),
        (", defaults: null", True),
    ],
)
def test_an_input_is_needed_when_nothing_else_gives_its_value(more: str, needed: bool) -> None:
    [found] = inputs(f"{{id: a, type: STRING{more}}}")
    assert found.needed is needed


def test_what_an_input_takes_is_known_where_it_is_plain() -> None:
    found = inputs(
        "{id: a, type: INT, min: 1, max: '{{ x }}'}",
        "{id: b, type: SELECT, values: [x, y]}",
        "{id: c, type: SELECT, values: [x], allowCustomValue: true}",
        "{id: d, type: SELECT, values: [x], required: false}",
        "{id: e, type: SELECT, expression: '{{ [1] }}'}",
        "{id: f, type: ARRAY, itemType: INT}",
        "{id: g, type: DATE, after: 2026-01-01}",
        "{name: h, type: STRING, validator: '[a-z]+'}",
    )
    assert [each[4:] for each in found] == [
        (None, None, 1, None, None),
        (("x", "y"), None, None, None, None),
        (None, None, None, None, None),
        (None, None, None, None, None),
        (None, None, None, None, None),
        (None, "INT", None, None, None),
        (None, None, "2026-01-01", None, None),
        (None, None, None, None, "[a-z]+"),
    ]


def test_the_inputs_of_a_form_are_given_under_both_ids() -> None:
    found = inputs("{id: form, type: FORM, inputs: [{id: a, type: INT}, {id: b, type: STRING, required: false}]}")
    assert [(each.id, each.needed, each.path) for each in found] == [
        ("form.a", True, ("inputs", 0, "inputs", 0)),
        ("form.b", False, ("inputs", 0, "inputs", 1)),
    ]


def test_outputs_have_their_types() -> None:
    found = facts_of("outputs:\n  - {id: a, type: STRING, value: x}\n  - {id: b, value: y}\n  - {value: z}\n").outputs
    assert [each[:2] for each in found] == [("a", "STRING"), ("b", None)]
