"""The tolerant view: tasks at every depth, and that nothing makes it raise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gitops.language.document import Document, parse
from gitops.language.outline import (
    InputOutline,
    Outline,
    OutputOutline,
    TaskOutline,
    TriggerOutline,
    child_tasks,
    input_outlines,
    outline,
)

FLOW = """\
id: hello
namespace: company.team
inputs:
  - {id: name, type: STRING}
tasks:
  - id: choose
    type: Switch
    cases:
      a: [{id: in_a, type: Log}]
      b: not a list
    defaults: [{id: in_defaults, type: Log}]
    errors: [{id: in_errors, type: Log}]
  - id: graph
    type: Dag
    tasks:
      - task: {id: in_dag, type: If, then: [{id: in_then, type: Log}], else: [{id: in_else, type: Log}]}
        dependsOn: [other]
  - not a task
  - {id: no type}
errors: [{id: at_errors, type: Log}]
finally: [{id: at_finally, type: 7}]
afterExecution: [{type: Log}]
triggers:
  - {id: morning, type: Schedule, tasks: [{id: in_trigger, type: Log}]}
outputs:
  - {id: total, type: INT, value: 1}
"""

RARE = """\
inputs:
  - {name: old, type: STRING}
  - {id: today, name: old, type: 7}
tasks:
  - id: wait
    type: Pause
    onPause: {id: in_pause, type: Log}
    onResume: [{id: reason, type: STRING}]
  - id: ask
    type: Approval
    onWait: [{id: in_wait, type: Log}]
    onApprove: [{id: in_approve, type: Log}]
    onDeny: [{id: in_deny, type: Log}]
listeners:
  - conditions: [{type: Expression}]
    tasks: [{id: in_listener, type: Sequential, tasks: [{id: deep, type: Log}]}]
  - not a listener
"""


def test_tasks_are_found_at_every_depth_with_their_paths() -> None:
    assert outline(parse(FLOW)).tasks == (
        TaskOutline(("tasks", 0), "choose", "Switch"),
        TaskOutline(("tasks", 0, "errors", 0), "in_errors", "Log"),
        TaskOutline(("tasks", 0, "defaults", 0), "in_defaults", "Log"),
        TaskOutline(("tasks", 0, "cases", "a", 0), "in_a", "Log"),
        TaskOutline(("tasks", 1), "graph", "Dag"),
        TaskOutline(("tasks", 1, "tasks", 0, "task"), "in_dag", "If"),
        TaskOutline(("tasks", 1, "tasks", 0, "task", "then", 0), "in_then", "Log"),
        TaskOutline(("tasks", 1, "tasks", 0, "task", "else", 0), "in_else", "Log"),
        TaskOutline(("errors", 0), "at_errors", "Log"),
        TaskOutline(("finally", 0), "at_finally", None),
        TaskOutline(("afterExecution", 0), None, "Log"),
    )


def test_the_rest_of_a_flow_is_in_the_outline() -> None:
    seen = outline(parse(FLOW))
    assert (seen.id, seen.namespace) == ("hello", "company.team")
    assert seen.triggers == (TriggerOutline(("triggers", 0), "morning", "Schedule"),)
    assert seen.inputs == (InputOutline(("inputs", 0), "name", "STRING"),)
    assert seen.outputs == (OutputOutline(("outputs", 0), "total", "INT"),)


def test_tasks_stand_in_rare_places_too() -> None:
    assert [(task.path, task.id) for task in outline(parse(RARE)).tasks] == [
        (("tasks", 0), "wait"),
        (("tasks", 0, "onPause"), "in_pause"),
        (("tasks", 1), "ask"),
        (("tasks", 1, "onWait", 0), "in_wait"),
        (("tasks", 1, "onApprove", 0), "in_approve"),
        (("tasks", 1, "onDeny", 0), "in_deny"),
        (("listeners", 0, "tasks", 0), "in_listener"),
        (("listeners", 0, "tasks", 0, "tasks", 0), "deep"),
    ]


def test_the_old_name_of_an_inputs_id_counts() -> None:
    assert [(item.id, item.type) for item in outline(parse(RARE)).inputs] == [("old", "STRING"), ("today", None)]


def test_the_inputs_of_a_task_have_paths_from_the_root() -> None:
    data = parse(RARE).data
    assert isinstance(data, dict)
    task = data["tasks"][0]
    found = input_outlines(task, "onResume", ("tasks", 0))
    assert found == (InputOutline(("tasks", 0, "onResume", 0), "reason", "STRING"),)


def test_what_is_not_text_is_not_an_id() -> None:
    assert outline(parse("id: 7\nnamespace: [a]\ntasks: {a: b}\ninputs: 3\n")) == Outline()


def test_a_document_without_a_mapping_has_an_empty_outline() -> None:
    assert outline(parse("- a")) == outline(parse("a: [")) == Outline()


def test_child_tasks_are_those_of_one_level() -> None:
    data = parse(FLOW).data
    assert isinstance(data, dict)
    assert [path for path, _ in child_tasks(data, ())][:2] == [("tasks", 0), ("tasks", 1)]


NAMES = st.sampled_from(
    [
        "id",
        "type",
        "tasks",
        "task",
        "cases",
        "then",
        "errors",
        "triggers",
        "inputs",
        "listeners",
        "onPause",
        "namespace",
        "x",
    ]
)
DATA = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
)


@given(DATA)
def test_any_data_has_an_outline_whose_paths_lead_to_mappings(data: object) -> None:
    seen = outline(Document("", data))
    for path in (part.path for parts in (seen.tasks, seen.triggers, seen.inputs, seen.outputs) for part in parts):
        value = data
        for step in path:
            value = value[step]  # type: ignore[index]  # a wrong path fails here, which is the point
        assert isinstance(value, dict)
