"""The examples of the reference are true: those of types lint clean and run, those of rules show their rule."""

from __future__ import annotations

import inspect
import json
import shutil
import sys
from pathlib import Path

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.engine.creation import Upload
from gitops.execution.state import State
from gitops.language.document import parse
from gitops.language.flow import read_flow
from gitops.language.model import Kind
from gitops.lint.linter import SourceFile, lint
from gitops.lint.rule import load
from gitops.lint.rules.table import RULES
from tests.engine.workshop import Workshop, open_workshop

TASKS, TRIGGERS, CONDITIONS = (list(catalogue().room(room).values()) for room in ("Task", "Trigger", "Condition"))
SCHEMA = flow_schema(catalogue())
HEADINGS = ("## What it does", "## Why it matters", "## Example", "## Use instead")
_NEEDS_A_SERVICE = "io.kestra.plugin.core.http."
_CORE = "io.kestra.plugin.core."
ENDS = {
    "execution.Exit": State.WARNING,
    "execution.Kill": State.KILLED,
    "flow.AllowFailure": State.WARNING,
    "flow.Template": State.FAILED,  # there are no templates
}
"""How the examples end that do not end well."""
RESUMED = {"flow.Approval", "flow.Pause"}
"""The examples that wait for somebody."""
TAKES_ORDERS = {"flow.ForEachItem", "storage.DeduplicateItems", "storage.FilterItems"}
CALLED = {
    "flow.Subflow": [
        """
        id: called
        namespace: company.team
        inputs: [{id: name, type: STRING}]
        tasks: [{id: greet, type: io.kestra.plugin.core.debug.Return, format: "Hello {{ inputs.name }}"}]
        outputs: [{id: greeting, type: STRING, value: "{{ outputs.greet.value }}"}]
        """
    ],
    "flow.ForEachItem": [
        """
        id: handle_orders
        namespace: company.team
        inputs: [{id: orders, type: FILE}]
        tasks: [{id: show, type: io.kestra.plugin.core.log.Log, message: "{{ read(inputs.orders) }}"}]
        """
    ],
}
"""The flows that an example calls."""


def can_run(kind: type[Kind]) -> bool:
    """Whether this machine can run the example of a task type."""
    program = getattr(kind, "PROGRAM", None)
    installed = program is None or shutil.which(program) is not None
    return kind.AVAILABLE and installed and not kind.type_name().startswith(_NEEDS_A_SERVICE)


def example(kind: type[Kind]) -> str:
    """The flow in the docstring of a type's module."""
    module = inspect.getdoc(sys.modules[kind.__module__]) or ""
    return inspect.cleandoc(module.partition("## Example\n")[2]) + "\n"


def asking(workshop: Workshop) -> str:
    """The id of an execution that is paused and asks for a reason."""
    flow = workshop.add(
        """
        id: ask_first
        namespace: company.team
        tasks:
          - id: pause
            type: io.kestra.plugin.core.flow.Pause
            onResume: [{id: reason, type: STRING}]
        """
    )
    return workshop.until(workshop.engine.create(flow.namespace, flow.flow_id).id, State.PAUSED).id


@pytest.mark.parametrize("kind", [*TASKS, *TRIGGERS, *CONDITIONS], ids=lambda kind: kind.type_name())
def test_the_example_of_a_type_has_no_findings(kind: type[Kind]) -> None:
    report = lint([SourceFile("example.yml", example(kind).encode(), named=True)], schema=SCHEMA)
    own = "deprecated-type" if kind.DEPRECATED else None
    assert [finding.message for finding in report.findings if finding.rule != own] == []
    assert f"type: {kind.type_name()}" in example(kind)


@pytest.mark.parametrize("kind", [kind for kind in TASKS if can_run(kind)], ids=lambda kind: kind.type_name())
def test_the_example_of_a_task_type_runs(kind: type[Kind], tmp_path: Path) -> None:
    name = kind.type_name().removeprefix(_CORE)
    orders = tmp_path / "orders"
    orders.write_text("".join(f'{{"customer": "c{number % 7}", "total": {number}}}\n' for number in range(250)))
    with open_workshop(tmp_path) as workshop:
        for called in CALLED.get(name, ()):
            workshop.add(called)
        inputs = {"execution": asking(workshop)} if name == "execution.Resume" else {}
        flow = workshop.add(example(kind))
        uploads = {"orders": Upload(orders, "orders")} if name in TAKES_ORDERS else {}
        execution = workshop.engine.create(flow.namespace, flow.flow_id, inputs=inputs, uploads=uploads)
        if name in RESUMED:
            workshop.until(execution.id, State.PAUSED)
            workshop.engine.operations.resume(execution.id)
        ended = workshop.engine.wait(execution.id, 30)
    assert ended.state is ENDS.get(name, State.SUCCESS), [run.message for run in ended.in_order()]


@pytest.mark.parametrize("kind", [*TASKS, *TRIGGERS, *CONDITIONS], ids=lambda kind: kind.type_name())
def test_the_example_of_a_type_is_the_same_flow_after_it_was_written_and_read_again(kind: type[Kind]) -> None:
    flow = read_flow(parse(example(kind)).data, catalogue())
    written = flow.model_dump_json(by_alias=True, exclude_unset=True)
    assert read_flow(json.loads(written), catalogue()) == flow


@pytest.mark.parametrize("name", RULES)
def test_the_page_of_a_rule_has_its_headings(name: str) -> None:
    places = [load(RULES[name]).page.find(heading) for heading in HEADINGS]
    assert -1 not in places
    assert places == sorted(places)
