"""Keys are offered where they may stand, with what belongs behind them."""

from __future__ import annotations

import pytest
from lsprotocol import types

from gitops.lint.schema.kinds import properties
from gitops.lsp.completion.complete import complete
from gitops.lsp.completion.view import View
from tests.lsp.flows import HEAD, chosen, items, kinds, labels, opened

LOG = "io.kestra.plugin.core.log.Log"
SUBFLOW = "io.kestra.plugin.core.flow.Subflow"
CALLED = """\
id: called
namespace: company.team
inputs:
  - id: name
    type: STRING
  - id: often
    type: INT
    defaults: 1
tasks:
  - id: t
    type: io.kestra.plugin.core.log.Log
    message: m
"""


def names(type_name: str) -> set[str]:
    """The properties of a type that are offered."""
    known = kinds().find(type_name)
    assert known is not None
    return {name for name, each in properties(known.schema).items() if not {"deprecated", "doNotSuggest"} & set(each)}


def test_an_empty_document_may_become_a_flow() -> None:
    assert {"id", "namespace", "tasks", "triggers", "inputs"} <= labels("¦")


def test_the_properties_of_the_flow_that_are_missing_are_offered() -> None:
    offered = labels(f"{HEAD}¦")
    assert {"tasks", "triggers", "errors"} <= offered
    assert not {"id", "namespace", "taskDefaults", "message"} & offered


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    ¦",
        f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    m¦",
        f"{HEAD}tasks:\n  - id: t\n    ¦\n    type: {LOG}\n",
        f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n      ¦",
        f'{HEAD}labels: {{{{ broken\ntasks:\n  - id: t\n    type: {LOG}\n    ¦\n  - id: u\n    x: "y\n',
        f"{HEAD}tasks:\n  - id: a\n    type: x\n    tasks:\n    - id: t\n      type: {LOG}\n      ¦",
        f"{HEAD}errors:\n- id: t\n  type: {LOG}\n  ¦",
        f"{HEAD}listeners:\n- tasks:\n  - id: t\n    type: {LOG}\n    ¦",
    ],
)
def test_only_the_properties_of_the_type_are_offered(text: str) -> None:
    offered = labels(text)
    assert names(LOG) <= offered | {"id", "type", "message"}
    assert not {"uri", "commands"} & offered


def test_what_is_there_below_is_not_offered_again() -> None:
    assert "message" not in labels(f"{HEAD}tasks:\n  - id: t\n    ¦\n    type: {LOG}\n    message: m\n")


@pytest.mark.parametrize("below", ["      - id: u\n        type: x\n", "    - id: u\n      type: x\n"])
def test_a_key_with_a_value_below_is_offered(below: str) -> None:
    head = f"{HEAD}tasks:\n  - id: t\n    type: io.kestra.plugin.core.flow.Sequential\n"
    assert "tasks" in labels(f"{head}    ¦\n{below}")
    assert "tasks" in labels(f"{head}    ta¦\n{below}  - id: last\n    type: {LOG}\n")


def test_what_must_be_there_comes_first() -> None:
    found = items(f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    ¦")
    first = min(found.values(), key=lambda item: item.sort_text or "")
    assert first.label == "message"


def test_a_property_is_offered_with_its_page() -> None:
    page = items(f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    ¦")["timeout"].documentation
    assert isinstance(page, types.MarkupContent)
    assert page.value.startswith("How long one attempt may take.")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("message", "message: $1"),
        ("retry", "retry:\n      $1"),
    ],
)
def test_a_property_brings_the_shape_of_its_value(name: str, written: str) -> None:
    text = f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    ¦"
    assert chosen(text, name).endswith(f"\n    {written}")


def test_a_list_of_tasks_brings_its_first_task() -> None:
    assert chosen(f"{HEAD}¦", "tasks") == f"{HEAD}tasks:\n  - id: ${{1:id}}\n    type: $2"


def test_a_key_before_its_colon_is_replaced_and_nothing_else() -> None:
    assert chosen(f"{HEAD}ta¦sk: x\n", "tasks") == f"{HEAD}tasks: x\n"


@pytest.mark.parametrize("dash", ["- ¦", "-¦"])
def test_whole_tasks_are_offered_where_one_may_begin(dash: str) -> None:
    text = f"{HEAD}tasks:\n  {dash}"
    assert {"id", "type", "Log", "Request"} <= labels(text)
    assert chosen(text, "Log") == f"{HEAD}tasks:\n  - id: ${{1:id}}\n    type: {LOG}\n    message: $2"


def test_whole_tasks_are_offered_below_an_empty_list() -> None:
    text = f"{HEAD}tasks:\n  ¦"
    assert chosen(text, "Log") == f"{HEAD}tasks:\n  - id: ${{1:id}}\n    type: {LOG}\n    message: $2"


def test_without_snippets_there_are_no_placeholders() -> None:
    document, offset = opened(f"{HEAD}tasks:\n  - ¦")
    found = {item.label: item for item in complete(View(document, offset, snippets=False))}
    edit = found["Log"].text_edit
    assert isinstance(edit, types.TextEdit)
    assert edit.new_text == f"id: id\n    type: {LOG}\n    message: "
    assert found["Log"].insert_text_format is types.InsertTextFormat.PlainText


def test_the_inputs_of_a_called_flow_are_offered() -> None:
    task = f"  - id: t\n    type: {SUBFLOW}\n    namespace: company.team\n    flowId: called\n    inputs:\n      ¦"
    found = items(f"{HEAD}tasks:\n{task}", {"company/team/called.yml": CALLED})
    assert set(found) == {"name", "often"}
    assert found["name"].detail == "STRING, required"


def test_a_trigger_gives_the_inputs_of_its_own_flow() -> None:
    inputs = "inputs:\n  - id: day\n    type: DATE\n  - id: rows\n    type: INT\n"
    trigger = (
        "triggers:\n  - id: s\n    type: io.kestra.plugin.core.trigger.Schedule\n    inputs:\n      day: x\n      ¦"
    )
    assert labels(f"{HEAD}{inputs}{trigger}") == {"rows"}


@pytest.mark.parametrize("text", ["services:\n  web:\n    ¦\n", "- a\n- ¦", "# ¦", f"{HEAD}description: |\n  ¦"])
def test_nothing_is_offered_where_nothing_is_known(text: str) -> None:
    assert labels(text) == set()
