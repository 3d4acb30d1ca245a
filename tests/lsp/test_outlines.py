"""The outline of a flow is a tree of what it holds."""

from __future__ import annotations

from lsprotocol import types

from gitops.lsp.outlines import document_symbols
from tests.lsp.flows import document

FLOW = """\
id: a
namespace: b
inputs:
  - id: one
    type: STRING
variables:
  v: 1
tasks:
  - id: outer
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: inner
        type: io.kestra.plugin.core.log.Log
  - type: io.kestra.plugin.core.log.Log
triggers:
  - id: daily
    type: io.kestra.plugin.core.trigger.Schedule
"""

Tree = list[tuple[str, "Tree"]]


def tree(symbols: object) -> Tree:
    """The names alone."""
    assert isinstance(symbols, list)
    return [(each.name, tree(each.children)) for each in symbols]


def test_every_part_is_below_its_group_and_its_task() -> None:
    assert tree(document_symbols(document(FLOW))) == [
        ("inputs", [("one", [])]),
        ("variables", [("v", [])]),
        ("tasks", [("outer", [("inner", [])]), ("io.kestra.plugin.core.log.Log", [])]),
        ("triggers", [("daily", [])]),
    ]


def test_a_part_covers_all_its_lines_and_is_chosen_by_its_id() -> None:
    tasks = document_symbols(document(FLOW))[2]
    assert tasks.children is not None
    outer = tasks.children[0]
    assert outer.range == types.Range(types.Position(8, 4), types.Position(12, 43))
    assert outer.selection_range == types.Range(types.Position(8, 8), types.Position(8, 13))


def test_what_is_no_flow_has_no_outline() -> None:
    assert document_symbols(document("services:\n  tasks: []\n")) == []


def test_a_broken_flow_has_the_outline_of_what_can_be_read() -> None:
    broken = FLOW.replace("  v: 1\n", '  v: "1\n')
    assert [symbol.name for symbol in document_symbols(document(broken))] == [
        "inputs",
        "variables",
        "tasks",
        "triggers",
    ]
