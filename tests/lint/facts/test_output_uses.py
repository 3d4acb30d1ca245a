"""Which outputs of the flows that it calls a flow reads."""

from __future__ import annotations

import pytest

from tests.lint.facts.reading import facts_of

_FLOW = """\
id: hello
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: goodbye
  - id: each
    type: io.kestra.plugin.core.flow.ForEachItem
    items: x
    namespace: company.team
    flowId: goodbye
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: |-
      {}
"""


def names(text: str) -> list[tuple[str, str]]:
    """The calls and the names that are read, each taken from its place in the text."""
    found = facts_of(_FLOW.format(text)).output_uses
    return [(use.call, text[use.start : use.end]) for use in found]


@pytest.mark.parametrize(
    "text",
    [
        "{{ outputs.call.outputs.x }}",
        "{{ outputs['call']['outputs']['x'] }}",
        "before {{ outputs.call.outputs.x.deeper | upper }}",
        "{{ outputs.call[taskrun.value].outputs.x }}",
        "{{ outputs.call['1']['2'].outputs.x }}",
        "{% if inputs.a %}{{ outputs.call.outputs.x }}{% endif %}",
    ],
)
def test_an_output_of_a_call_is_read(text: str) -> None:
    assert names(text) == [("call", "x")]


@pytest.mark.parametrize(
    "text",
    [
        "{{ outputs.call.outputs }}",
        "{{ outputs.call.state }}",
        "{{ outputs.call.outputs[inputs.x] }}",
        "{{ outputs.other.outputs.x }}",
        "{{ outputs.each.outputs.x }}",
        "{{ outputs.call.outputs.x ?? 1 }}",
        "{{ outputs.call.outputs.x is defined }}",
        "{{ outputs.call.outputs.my-name }}",
        "{% for outputs in list %}{{ outputs.call.outputs.x }}{% endfor %}",
        "outputs.call.outputs.x",
    ],
)
def test_nothing_is_told_of_other_texts(text: str) -> None:
    assert names(text) == []


def test_every_place_counts() -> None:
    assert names("{{ outputs.call.outputs.a }}{{ outputs.call.outputs.b }}{{ outputs.call.outputs.a }}") == [
        ("call", "a"),
        ("call", "b"),
        ("call", "a"),
    ]


def test_keys_hold_expressions_too() -> None:
    flow = _FLOW.format("x") + 'variables:\n  "{{ outputs.call.outputs.x }}": 1\n'
    [use] = facts_of(flow).output_uses
    assert (use.name, use.key, use.path[-1]) == ("x", True, "{{ outputs.call.outputs.x }}")
