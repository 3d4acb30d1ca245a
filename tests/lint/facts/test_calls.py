"""What is known of the calls of a flow."""

from __future__ import annotations

import pytest

from gitops.lint.facts.calls import ALWAYS, NEVER, SOMETIMES, Call
from gitops.lint.facts.given import Given
from tests.lint.facts.reading import facts_of

_CALL = """\
id: call
type: io.kestra.plugin.core.flow.Subflow
namespace: company.team
flowId: goodbye
"""


def calls(tasks: str, more: str = "") -> tuple[Call, ...]:
    return facts_of(f"id: hello\nnamespace: company.team\n{more}tasks:\n{tasks}").calls


def call(more: str = "") -> Call:
    """The call of a flow with one task, which has some more properties."""
    lines = (_CALL + more).splitlines()
    [found] = calls("  - " + "\n    ".join(lines))
    return found


def test_a_call_has_its_place_its_target_and_what_it_gives() -> None:
    found = call("inputs:\n  person: Ann\n  times: 2\n  when: '{{ now() }}'\n  list: [1]\n  map: {a: 1}\n  no:\n")
    assert found.path == ("tasks", 0)
    assert (found.task, found.flow_key, found.single, found.waits, found.pinned) == (
        "call",
        ("company.team", "goodbye"),
        True,
        True,
        False,
    )
    assert found.given == (
        Given("person", "text", "Ann"),
        Given("times", "number", 2),
        Given("when", "expression"),
        Given("list", "list"),
        Given("map", "mapping"),
        Given("no", "nothing"),
    )


@pytest.mark.parametrize("value", ["'{{ inputs.all }}'", "{'{{ inputs.name }}': 1}", "text"])
def test_what_an_expression_gives_is_not_known(value: str) -> None:
    assert call(f"inputs: {value}\n").given is None


@pytest.mark.parametrize("name", ["password", "apiKey", "my_token"])
def test_what_may_be_a_secret_is_not_kept(name: str) -> None:
    assert call(f"inputs:\n  {name}: hunter2\n").given == (Given(name, "text"),)


def test_long_texts_are_not_kept() -> None:
    assert call(f"inputs:\n  text: {'x' * 201}\n").given == (Given("text", "text"),)


@pytest.mark.parametrize(
    ("namespace", "flow_id", "target"),
    [
        ("'{{ flow.namespace }}'", "goodbye", ("company.team", "goodbye")),
        ("'{{- flow.namespace -}}.deep'", "'{{flow.id}}_again'", ("company.team.deep", "hello_again")),
        ("'{{ inputs.namespace }}'", "goodbye", None),
        ("company.team", "'{% if x %}a{% endif %}'", None),
        ("company.team", "''", None),
    ],
)
def test_the_own_namespace_and_id_are_known(namespace: str, flow_id: str, target: tuple[str, str] | None) -> None:
    text = _CALL.replace("company.team", namespace).replace("goodbye", flow_id)
    [found] = calls("  - " + "\n    ".join(text.splitlines()))
    assert found.flow_key == target


@pytest.mark.parametrize(
    ("more", "runs"),
    [
        ("", ALWAYS),
        ("disabled: false\n", ALWAYS),
        ("disabled: true\n", NEVER),
        ("runIf: '{{ inputs.x }}'\n", SOMETIMES),
        ("when: '{{ inputs.x }}'\n", SOMETIMES),
    ],
)
def test_the_task_may_say_when_it_runs(more: str, runs: str) -> None:
    assert call(more).runs == runs


@pytest.mark.parametrize(
    ("head", "name", "runs"),
    [
        ("type: io.kestra.plugin.core.flow.Sequential", "tasks", ALWAYS),
        ("type: io.kestra.core.tasks.flows.Parallel", "tasks", ALWAYS),
        ("type: io.kestra.plugin.core.flow.AllowFailure", "errors", SOMETIMES),
        ("type: io.kestra.plugin.core.flow.ForEach\nvalues: [1]", "tasks", SOMETIMES),
        ("type: io.kestra.plugin.core.flow.If\ncondition: 'true'", "then", SOMETIMES),
        ("type: io.kestra.plugin.core.flow.Sequential\ndisabled: true", "tasks", NEVER),
        ("type: io.kestra.plugin.core.flow.Sequential\nrunIf: 'false'", "tasks", SOMETIMES),
    ],
)
def test_what_a_call_stands_in_may_say_when_it_runs(head: str, name: str, runs: str) -> None:
    holder = f"id: outer\n{head}\n{name}:\n  - " + "\n    ".join(_CALL.splitlines())
    [found] = calls("  - " + "\n    ".join(holder.splitlines()))
    assert found.runs == runs


def test_a_task_that_ends_the_execution_may_come_before_the_call() -> None:
    [found] = calls(
        "  - id: stop\n    type: io.kestra.plugin.core.execution.Exit\n  - " + "\n    ".join(_CALL.splitlines())
    )
    assert found.runs == SOMETIMES


def test_calls_for_each_item_and_by_old_names_are_calls() -> None:
    found = calls(
        """\
  - id: one
    type: io.kestra.core.tasks.flows.Flow
    namespace: company.team
    flowId: a
    revision: 2
    wait: false
    outputs:
      x: 1
  - id: two
    type: io.kestra.plugin.core.flow.ForEachItem
    items: x
    namespace: company.team
    flowId: b
"""
    )
    assert [(each.flow, each.single, each.pinned, each.waits, each.outputs) for each in found] == [
        ("a", True, True, False, ("x",)),
        ("b", False, False, True, ()),
    ]
