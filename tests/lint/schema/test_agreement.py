"""The linter reads the schema, the engine reads the models: what the one accepts the other must be able to run."""

from __future__ import annotations

import copy
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.errors import InvalidSource
from gitops.language.document import parse
from gitops.language.flow import read_flow
from gitops.language.model import Kind
from gitops.language.position import Path
from gitops.lint.linter import SourceFile, lint
from gitops.lint.schema.gate import Gates
from gitops.lint.schema.kinds import Kinds
from gitops.lint.schema.walk import Walk

REST = """\
id: rest
namespace: company.team
labels: {team: data}
inputs:
  - {id: text, type: STRING, validator: "[a-z]+"}
  - {id: choice, type: SELECT, values: [a, b]}
  - {id: choices, type: MULTISELECT, values: [a, b], itemType: STRING}
  - {id: list, type: ARRAY, itemType: INT}
  - {id: number, type: INT, min: 1, max: 2, defaults: 1}
  - {id: day, type: DATE, after: "2026-01-01"}
  - {id: file, type: FILE, defaults: "nsfile:///a.txt"}
  - {id: form, type: FORM, inputs: [{id: child, type: STRING}]}
  - {id: late, type: DURATION, dependsOn: {inputs: [text], condition: "{{ inputs.text == 'a' }}"}}
variables: {a: 1}
outputs: [{id: total, type: INT, value: "{{ 1 }}"}]
concurrency: {limit: 1, behavior: QUEUE}
sla: [{id: quick, type: MAX_DURATION, duration: PT1H, behavior: FAIL}]
checks: [{condition: "{{ true }}", message: no}]
retry: {type: exponential, interval: PT1S, maxInterval: PT1M, maxAttempts: 3}
listeners: [{tasks: [{id: last, type: io.kestra.plugin.core.log.Log, message: bye}]}]
pluginDefaults: [{type: io.kestra.plugin.core.log.Log, values: {level: WARN}}]
tasks:
  - {id: say, type: io.kestra.plugin.core.log.Log, message: hi, retry: {type: constant, interval: PT1S}}
"""
"""A flow with what the types' examples do not have."""

VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, "", [], {}, 0, -1, 1.5, True, "x", "a b", "{{ x }}", ["x"], [None], [{}], {"a": "b"}),
        *("SELECT", "MULTISELECT", "constant", "exponential", "MAX_DURATION", "[", ["a", "b"]),
        *("PT1S", "P1D", "2026-01-01", "2026-01-01T00:00:00Z", "10:00:00", "UTC", "INT", "FAILED", "0 2 * * *"),
    ]
)


@cache
def schema() -> Mapping[str, object]:
    """The schema of every type, made once."""
    return flow_schema(catalogue())


@cache
def walks() -> tuple[Walk, Walk]:
    """The walk through everything, and the one that leaves out what a gate says is right."""
    kinds = Kinds(schema())
    return Walk(kinds), Walk(kinds, gates=Gates(kinds))


@cache
def examples() -> list[object]:
    """The flow in the docstring of every type, and now and then the rest of the language."""
    types = [kind for room in catalogue().rooms() for kind in catalogue().room(room).values()]
    sources = [*(_example(kind) for kind in types), *([REST] * (len(types) // 10))]
    return [parse(source).data for source in sources]


@pytest.fixture(scope="module", autouse=True)
def _read_before() -> None:
    """Nothing is imported while hypothesis draws: some library takes a random number when it is."""
    examples()
    walks()


def _example(kind: type[Kind]) -> str:
    page = inspect.getdoc(sys.modules[kind.__module__]) or ""
    return inspect.cleandoc(page.partition("## Example\n")[2])


def _places(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in parts:
        yield from _places(item, (*path, step))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _properties(part: object) -> list[str]:
    """The properties that a part of a flow may have, as far as its type says it."""
    definitions: Any = schema()["definitions"]
    kind = part.get("type") if isinstance(part, dict) else None
    if not isinstance(kind, str):
        return []
    known = definitions.get(kind) or definitions.get(f"Input.{kind}") or {}
    return list(known.get("properties", {}))


@st.composite
def changed_flows(draw: st.DrawFn) -> object:
    """An example in which values were replaced, added or taken out."""
    flow = copy.deepcopy(draw(st.sampled_from([example for example in examples() if isinstance(example, dict)])))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(_places(flow))))
        names = _properties(_at(flow, path))
        change = draw(st.sampled_from(["add", "replace", "delete"]))
        if names and change == "add":
            _at(flow, path)[draw(st.sampled_from(names))] = copy.deepcopy(draw(VALUES))
        elif path and change != "delete":
            _at(flow, path[:-1])[path[-1]] = copy.deepcopy(draw(VALUES))
        elif path and isinstance(_at(flow, path[:-1]), dict):
            del _at(flow, path[:-1])[path[-1]]
    return flow


@settings(deadline=None, max_examples=300)
@given(changed_flows())
def test_the_gates_leave_out_nothing_that_the_walk_objects_to(flow: object) -> None:
    data = parse(yaml.safe_dump(flow, sort_keys=False)).data
    everything, quickly = walks()
    assert list(quickly.flow(data)) == list(everything.flow(data))


def test_the_gates_let_most_flows_and_their_tasks_through() -> None:
    kinds = Kinds(schema())
    gates = Gates(kinds)
    through = [example for example in examples() if gates.pass_(example, kinds.root)]
    assert len(through) > len(examples()) / 2
    log = kinds.find("io.kestra.plugin.core.log.Log")
    assert log is not None
    assert gates.pass_({"id": "say", "type": log.name, "message": "hi"}, log.schema)
    assert not gates.pass_({"id": "say", "type": log.name, "mesage": "hi"}, log.schema)


@settings(deadline=None, max_examples=300, derandomize=True)
@given(changed_flows())
def test_what_the_linter_accepts_can_be_read(flow: object) -> None:
    source = yaml.safe_dump(flow, sort_keys=False)
    if lint([SourceFile("flow.yml", source.encode(), named=True)], schema=schema()).failed:
        return
    try:
        read_flow(parse(source).data, catalogue())
    except InvalidSource as refusal:
        raise AssertionError(f"the linter accepts what the engine refuses: {refusal}\n{source}") from refusal
