"""The examples of the reference are true: those of types lint clean and run, those of rules show their rule."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pytest

from gitops.catalog.catalogue import TASKS, TRIGGERS, catalogue, type_name
from gitops.catalog.schema import flow_schema
from gitops.execution.state import State
from gitops.language.model import Model
from gitops.lint.linter import SourceFile, lint
from gitops.lint.rules import RULES
from tests.engine.workshop import open_workshop

SCHEMA = flow_schema(catalogue())
HEADINGS = ("## What it does", "## Why it matters", "## Example", "## Use instead")
_NEEDS_A_SERVICE = "io.kestra.plugin.core.http.Request"


def example(kind: type[Model]) -> str:
    """The flow in the docstring of a type's module."""
    module = inspect.getdoc(sys.modules[kind.__module__]) or ""
    return inspect.cleandoc(module.partition("## Example\n")[2]) + "\n"


@pytest.mark.parametrize("kind", [*TASKS, *TRIGGERS], ids=type_name)
def test_the_example_of_a_type_has_no_findings(kind: type[Model]) -> None:
    report = lint([SourceFile("example.yml", example(kind).encode(), named=True)], schema=SCHEMA)
    assert [finding.message for finding in report.findings] == []
    assert f"type: {type_name(kind)}" in example(kind)


@pytest.mark.parametrize("kind", [kind for kind in TASKS if type_name(kind) != _NEEDS_A_SERVICE], ids=type_name)
def test_the_example_of_a_task_type_runs(kind: type[Model], tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        ended = workshop.run(example(kind))
    assert ended.state is State.SUCCESS, [run.message for run in ended.in_order()]


@pytest.mark.parametrize("name", RULES)
def test_the_page_of_a_rule_has_its_headings(name: str) -> None:
    places = [RULES[name].page.find(heading) for heading in HEADINGS]
    assert -1 not in places
    assert places == sorted(places)
