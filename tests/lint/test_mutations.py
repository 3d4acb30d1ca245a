"""Flows that were right, spoilt in the ways of `mutations/`: the linter says so on the line where it happened.

`pytest tests/lint/test_mutations.py -s` shows how many of each way it finds.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.lint.finding import Finding
from gitops.lint.linter import Options, SourceFile, lint
from gitops.lint.schema.kinds import Schema
from gitops.lint.schema.shipped import load_schema
from tests.kestra.case import FOLDER, read_cases
from tests.lint import mutations
from tests.lint.mutations.mutation import WAYS, Original

for _module in pkgutil.iter_modules(mutations.__path__):
    importlib.import_module(f"{mutations.__name__}.{_module.name}")

FEWEST_WAYS = 40
OF_ALL, OF_EACH = 0.95, 0.7
FEW = 10
"""Of fewer flows no share is asked for."""


@pytest.fixture(scope="module")
def schema() -> Schema:
    """The schema that is shipped."""
    return load_schema()


@pytest.fixture(scope="module")
def originals(schema: Schema) -> list[Original]:
    """The examples of all types, and the flows of the conformance cases where they are; only those without errors."""
    return [flow for flow in _flows() if flow.outline.tasks and not _failed(flow.source, schema)]


def _flows() -> Iterator[Original]:
    for room in catalogue().rooms():
        for name, kind in catalogue().room(room).items():
            page = inspect.getdoc(sys.modules[kind.__module__]) or ""
            yield Original(name, inspect.cleandoc(page.partition("## Example\n")[2]) + "\n")
    for case in read_cases(FOLDER, "lint") if FOLDER.is_dir() else ():
        if case.expect.get("valid"):
            yield Original(case.name, case.source())


def _findings(source: str, schema: Schema) -> tuple[Finding, ...]:
    file = SourceFile("flow.yml", source.encode(), named=True)
    return lint([file], schema=schema, options=Options()).findings


def _failed(source: str, schema: Schema) -> bool:
    return any(finding.severity == "error" for finding in _findings(source, schema))


def _found(flow: Original, way: str, schema: Schema) -> bool | None:
    """Whether a flow that was spoilt in a way has a finding where it was; None when it cannot be spoilt so."""
    spoilt = WAYS[way](flow)
    if spoilt is None or spoilt.source == flow.source:
        return None
    before = {(finding.rule, finding.message) for finding in _findings(flow.source, schema)}
    return any(
        finding.span.line in spoilt.lines and (finding.rule, finding.message) not in before
        for finding in _findings(spoilt.source, schema)
    )


def test_there_are_enough_ways_and_each_says_what_its_author_did() -> None:
    assert len(WAYS) >= FEWEST_WAYS
    assert all(way.__doc__ for way in WAYS.values())


def test_what_was_spoilt_is_found_where_it_was(originals: list[Original], schema: Schema) -> None:
    counted: dict[str, tuple[int, int]] = {}
    missed: dict[str, list[str]] = {}
    for way in WAYS:
        results = [(flow.name, _found(flow, way, schema)) for flow in originals]
        made = [found for _, found in results if found is not None]
        counted[way] = (sum(made), len(made))
        missed[way] = [name for name, found in results if found is False]
        sys.stdout.write(f"{way:60} {sum(made):5} of {len(made):5}  {' '.join(missed[way][:3])}\n")
    assert all(made for _, made in counted.values())
    found, made = (sum(numbers) for numbers in zip(*counted.values(), strict=True))
    sys.stdout.write(f"{'all':60} {found:5} of {made:5}  {found / made:.1%}\n")
    assert found / made >= OF_ALL
    assert {
        way: missed[way] for way, (of_way, all_) in counted.items() if all_ >= FEW and of_way / all_ < OF_EACH
    } == {}
