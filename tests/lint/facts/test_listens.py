"""What Flow triggers wait for, in every way in which it is written."""

from __future__ import annotations

from textwrap import indent

import pytest

from gitops.lint.facts.listens import Listen
from tests.lint.facts.reading import facts_of

HEAD = """\
id: hello
namespace: company.team
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
"""
_CONDITION = "io.kestra.plugin.core.condition"
_WHERE = """\
preconditions:
  id: x
  where:
    - id: y
      filters:
        - {field: NAMESPACE, type: EQUAL_TO, value: a}
        - {field: FLOW_ID, type: EQUAL_TO, value: b}
"""


def listens(text: str) -> list[tuple[str | None, str | None, bool, bool]]:
    """The namespace and the flow of everything that is waited for, whether it is needed, and whether it is enough."""
    found = facts_of(HEAD + indent(text, "    ")).listens
    return [(each.namespace, each.flow, each.needed, each.enough) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "preconditions:\n  id: x\n  flows:\n    - {namespace: a, flowId: b}",
        "dependsOn:\n  - {namespace: a, flowId: b}",
        f"conditions:\n  - {{type: {_CONDITION}.ExecutionFlow, namespace: a, flowId: b}}",
        (
            "conditions:\n"
            f"  - {{type: {_CONDITION}.ExecutionFlow, namespace: a, flowId: b}}\n"
            f"  - {{type: {_CONDITION}.ExecutionStatus, in: [SUCCESS, FAILED]}}"
        ),
        _WHERE,
        "states: [SUCCESS]\ndependsOn:\n  - {namespace: a, flowId: b, states: [SUCCESS]}",
    ],
)
def test_one_flow_is_needed_and_enough(text: str) -> None:
    assert listens(text) == [("a", "b", True, True)]


@pytest.mark.parametrize(
    "text",
    [
        "states: [FAILED]\ndependsOn:\n  - {namespace: a, flowId: b}",
        "when: '{{ x }}'\ndependsOn:\n  - {namespace: a, flowId: b}",
        "dependsOn:\n  - {namespace: a, flowId: b, states: [FAILED]}",
        "dependsOn:\n  - {namespace: a, flowId: b, labels: {c: d}}",
        "dependsOn:\n  - {namespace: a, flowId: b, when: '{{ x }}'}",
        (
            "conditions:\n"
            f"  - {{type: {_CONDITION}.ExecutionFlow, namespace: a, flowId: b}}\n"
            f"  - {{type: {_CONDITION}.ExecutionStatus, notIn: [SUCCESS]}}"
        ),
        (
            "conditions:\n"
            f"  - {{type: {_CONDITION}.ExecutionFlow, namespace: a, flowId: b}}\n"
            f"  - {{type: {_CONDITION}.Weekend}}"
        ),
        f"{_WHERE}        - {{field: STATE, type: EQUAL_TO, value: FAILED}}",
    ],
)
def test_something_else_may_decide(text: str) -> None:
    assert listens(text) == [("a", "b", True, False)]


def test_several_flows_must_come_together() -> None:
    two = "dependsOn:\n  - {namespace: a, flowId: b}\n  - {namespace: c}"
    assert listens(two) == [("a", "b", True, False), ("c", None, True, False)]
    assert listens(two + "\nmode: ANY") == [("a", "b", False, True), ("c", None, False, True)]
    assert listens(two + "\nmode: AT_LEAST\nminSatisfied: 1") == [("a", "b", False, False), ("c", None, False, False)]


def test_one_of_several_conditions_is_not_needed_and_a_negated_one_is_not_waited_for() -> None:
    flow = f"type: {_CONDITION}.ExecutionFlow, namespace: a"
    text = (
        f"conditions:\n  - type: {_CONDITION}.Or\n    conditions:\n      - {{{flow}, flowId: b}}\n"
        f"  - type: {_CONDITION}.Not\n    conditions:\n      - {{{flow}, flowId: c}}\n"
        f"  - type: {_CONDITION}.MultipleCondition\n    id: m\n    conditions:\n      first: {{{flow}, flowId: d}}"
    )
    assert listens(text) == [("a", "b", False, False), ("a", "d", True, False)]


def test_names_that_an_expression_decides_are_not_known() -> None:
    assert listens("dependsOn:\n  - {namespace: '{{ x }}', flowId: b}\n  - {namespace: a, flowId: '{{ y }}'}") == []
    assert listens("dependsOn:\n  - {namespace: '{{ flow.namespace }}', flowId: b}") == [
        ("company.team", "b", True, True)
    ]


@pytest.mark.parametrize(
    "text", ["disabled: true\ndependsOn:\n  - {namespace: a}", "conditions: x", "preconditions: 3", "dependsOn: [x]"]
)
def test_nothing_is_waited_for(text: str) -> None:
    assert listens(text) == []


@pytest.mark.parametrize(
    ("comparison", "heard"),
    [
        ("", ["company"]),
        ("comparison: PREFIX", ["company", "company.team"]),
        ("prefix: true", ["company", "company.team"]),
        ("comparison: SUFFIX", ["company", "other.company"]),
    ],
)
def test_namespaces_are_compared(comparison: str, heard: list[str]) -> None:
    more = f", {comparison}" if comparison else ""
    text = f"conditions:\n  - {{type: {_CONDITION}.ExecutionNamespace, namespace: company{more}}}"
    [found] = facts_of(HEAD + indent(text, "    ")).listens
    assert [name for name in ("company", "company.team", "other.company", "else") if found.hears(name, "x")] == heard


def test_a_flow_is_heard_by_its_namespace_and_id() -> None:
    listen = Listen("after", "a", "b", (), ())
    assert (listen.hears("a", "b"), listen.hears("a", "c"), listen.hears("b", "b")) == (True, False, False)
    assert Listen("after", None, "b", (), ()).hears("any", "b")
