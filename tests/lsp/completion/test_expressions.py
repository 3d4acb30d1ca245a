"""Within expressions: what is known at their place is offered, by its type, also while they are half written."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.flows import CURSOR, chosen, items, labels

FLOW = """\
id: asked
namespace: company.team
labels:
  owner: me
inputs:
  - id: day
    type: DATE
    description: Which day.
  - id: rows.count
    type: INT
variables:
  greeting: hello
  deep:
    er: 1
tasks:
  - id: ask
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com
  - id: say-it
    type: io.kestra.plugin.core.debug.Return
    format: x
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: [1, 2]
    tasks:
      - id: inner
        type: io.kestra.plugin.core.log.Log
        message: @inner
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: called
  - id: here
    type: io.kestra.plugin.core.log.Log
    message: @here
  - id: later
    type: io.kestra.plugin.core.debug.Return
triggers:
  - id: daily
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "@daily"
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: "{{ secret('K') }}"
"""
CALLED = "id: called\nnamespace: company.team\noutputs:\n  - id: answer\n    type: INT\n    value: 1\ntasks: []\n"
FILES = {"company/team/called.yml": CALLED}


def here(value: str, place: str = "@here") -> str:
    """The flow with a value at a place."""
    return FLOW.replace(place, value).replace("@inner", "x").replace("@here", "x")


@pytest.mark.parametrize(
    ("value", "offered"),
    [
        ('"{{ inputs.¦ }}"', {"day", "rows"}),
        ('"{{ inputs.rows.¦ }}"', {"count"}),
        ("'{{ inputs[\"¦", {"day", "rows"}),
        ('"{{ vars.¦ }}"', {"greeting", "deep"}),
        ('"{{ vars.deep.¦ }}"', {"er"}),
        ('"{{ outputs.ask.¦ }}"', {"uri", "code", "headers", "body", "encryptedBody", "formData"}),
        ("\"{{ outputs['say-it'].¦ }}\"", {"value"}),
        ('"{{ outputs.call.outputs.¦ }}"', {"answer"}),
        ('"{{ tasks.ask.¦ }}"', {"state"}),
        ('"{{ labels.¦ }}"', {"owner", "system"}),
        ('"{{ trigger.¦ }}"', {"id", "type", "date", "next", "previous", "body", "headers", "parameters"}),
        ('"{{ flow.¦ }}"', {"id", "namespace", "revision", "tenantId"}),
        ('"{{ taskrun.¦ }}"', {"id", "startDate", "attemptsCount", "parentId", "value", "iteration"}),
        ('"{{ outputs.nothing.¦ }}"', set[str]()),
        ('"{{ nothing.¦ }}"', set[str]()),
        ("\"{{ read('¦') }}\"", set[str]()),
        ('"{{ x }} inputs.¦"', set[str]()),
        ('"{# inputs.¦ #}"', set[str]()),
    ],
)
def test_what_is_behind_a_step_is_offered(value: str, offered: set[str]) -> None:
    assert labels(here(value), FILES) == offered


@pytest.mark.parametrize(
    "value",
    [
        '"{{ inputs.¦',
        "{{ inputs.¦",
        "{{ inputs.¦ }}",
        '"{{ [1, inputs.¦',
        '"{{ max(1, inputs.¦',
        "|\n      first {{ x }}\n      {{ inputs.¦\n      last",
        ">-\n      {{\n      inputs.¦\n      }}",
        '"{% if inputs.¦',
        '"{{ x ~ \\"a\\" ~ inputs.¦"',
        '"😀漢 {{ inputs.¦"',
    ],
)
def test_half_written_expressions_are_understood(value: str) -> None:
    assert {"day", "rows"} <= labels(here(value))


@pytest.mark.parametrize("value", ['"{{ ¦ }}"', '"{{ in¦ }}"', '"{% if ¦ %}"', '"{{ x ? ¦', '"{{ max(¦'])
def test_variables_and_functions_are_offered(value: str) -> None:
    offered = labels(here(value))
    assert {"inputs", "outputs", "vars", "trigger", "flow", "taskrun", "now", "secret"} <= offered
    assert not {"day", "upper", "item"} & offered


def test_tasks_that_have_run_come_first() -> None:
    found = items(here('"{{ outputs.¦ }}"'))
    order = sorted(found, key=lambda name: found[name].sort_text or "")
    assert order == ["ask", "call", "each", "inner", "say-it", "here", "later"]


def test_in_a_loop_there_is_more() -> None:
    assert items(here('"{{ ¦ }}"', "@inner"))["parents"].sort_text == "1parents"
    assert items(here('"{{ ¦ }}"'))["parents"].sort_text == "3parents"


@pytest.mark.parametrize(
    ("value", "word", "kind"),
    [
        ('"{{ x | ¦ }}"', "upper", types.CompletionItemKind.Method),
        ('"{{ x | up¦ }}"', "upper", types.CompletionItemKind.Method),
        ('"{{ x is ¦ }}"', "defined", types.CompletionItemKind.Operator),
        ('"{{ x is not de¦ }}"', "defined", types.CompletionItemKind.Operator),
        ('"{% f¦ %}"', "for", types.CompletionItemKind.Keyword),
    ],
)
def test_words_are_offered_where_they_belong(value: str, word: str, kind: types.CompletionItemKind) -> None:
    found = items(here(value))
    assert {item.kind for item in found.values()} == {kind}
    assert word in found


def test_a_word_comes_with_its_parameters_and_its_page() -> None:
    add = items(here('"{{ now() | ¦ }}"'))["dateAdd"]
    assert add.detail == "dateAdd(amount, unit, format?, timeZone?, existingFormat?, locale?)"
    assert isinstance(add.documentation, types.MarkupContent)
    assert add.documentation.value


@pytest.mark.parametrize(
    ("value", "label", "written"),
    [
        ('"{{ inputs.¦ }}"', "day", '"{{ inputs.day }}"'),
        ('"{{ inputs.d¦ay }}"', "day", '"{{ inputs.day }}"'),
        ('"{{ in¦.day }}"', "inputs", '"{{ inputs.day }}"'),
        ('"{{ outputs.¦ }}"', "say-it", "\"{{ outputs['say-it'] }}\""),
        ('"{{ outputs . sa¦ }}"', "say-it", "\"{{ outputs ['say-it'] }}\""),
        ("'{{ outputs.¦ }}'", "say-it", "'{{ outputs[\"say-it\"] }}'"),
        ("\"{{ outputs['sa¦'] }}\"", "say-it", "\"{{ outputs['say-it'] }}\""),
        ('"{{ now() | ¦ }}"', "dateAdd", '"{{ now() | dateAdd($1) }}"'),
        ('"{{ now() | ¦(1) }}"', "dateAdd", '"{{ now() | dateAdd(1) }}"'),
        ('"{{ x | ¦ }}"', "upper", '"{{ x | upper }}"'),
        ('"{{ ¦ }}"', "now", '"{{ now() }}"'),
        ('"{% ¦"', "if", '"{% if $1 %}$0{% endif %}"'),
        ('"{% ¦ %}"', "if", '"{% if %}"'),
    ],
)
def test_what_is_chosen_is_written(value: str, label: str, written: str) -> None:
    assert chosen(here(value), label) == here(written)


def test_an_input_comes_with_its_type_and_its_description() -> None:
    day = items(here('"{{ inputs.¦ }}"'))["day"]
    assert day.detail == "DATE"
    assert isinstance(day.documentation, types.MarkupContent)
    assert day.documentation.value == "Which day."


def test_a_trigger_that_is_not_there_comes_last() -> None:
    without = here('"{{ ¦ }}"').partition("triggers:")[0]
    assert items(without)["trigger"].sort_text == "3trigger"
    assert CURSOR in without
