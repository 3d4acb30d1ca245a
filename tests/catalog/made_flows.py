"""Flows made from the schema: right ones, and right ones in which something was dropped, added or retyped."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

from gitops.catalog.catalogue import catalogue
from gitops.catalog.references import resolve
from gitops.catalog.schema import flow_schema
from gitops.catalog.snippets import needed_properties
from gitops.language.position import Path

EXPRESSION = "{{ x }}"
SAMPLES: Mapping[str, tuple[str, ...]] = {
    "duration": ("PT1S", "P1D"),
    "cron": ("0 2 * * *", "@daily"),
    "timezone": ("UTC",),
    "datetime": ("2026-01-31T08:30:00Z",),
    "date": ("2026-01-31",),
    "time": ("08:30:00",),
    "size": ("1GB",),
    "regex": ("a.*", "[0-9]+"),
}
ODD: st.SearchStrategy[Any] = st.sampled_from(
    ["", "a b", "5", "true", "PT", "LOUD", EXPRESSION, 0, -1, 1.5, True, [], ["x"], [[]], {}, {"a": "b"}, {"type": "x"}]
)
_LOG = {"id": "log", "type": "io.kestra.plugin.core.log.Log", "message": "m"}
_CONDITION = {"type": "io.kestra.plugin.core.condition.Weekend"}
_DEPTH = 3


@cache
def schema() -> dict[str, Any]:
    """The schema of flows."""
    return flow_schema(catalogue())


def definition(name: str) -> dict[str, Any]:
    """One of its definitions."""
    found: dict[str, Any] = schema()["definitions"][name]
    return found


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    """A flow with one part of some type that has what it needs and some of what it may have."""
    room = draw(st.sampled_from(["Task", "Task", "Trigger", "Condition", "Input", "TaskRunner"]))
    union = definition(room)
    name = draw(st.sampled_from(list(union["x-union"])))
    part = draw(_objects(definition(union["x-union"][name].removeprefix("#/definitions/")), name, 0))
    flow: dict[str, Any] = {"id": "f", "namespace": "n", "tasks": [dict(_LOG)]}
    return flow | _around(room, part)


@st.composite
def changed_flows(draw: st.DrawFn) -> dict[str, Any]:
    """A flow in which up to two values were dropped, added or replaced by one of another kind."""
    flow = copy.deepcopy(draw(flows()))
    for _ in range(draw(st.integers(1, 2))):
        _change(draw, flow)
    return flow


def _around(room: str, part: dict[str, Any]) -> dict[str, Any]:
    if room == "Condition":
        trigger = {"id": "t", "type": "io.kestra.plugin.core.trigger.Flow", "conditions": [part]}
        return {"triggers": [trigger]}
    if room == "TaskRunner":
        task = {"id": "t", "type": "io.kestra.plugin.scripts.shell.Commands", "commands": ["ls"], "taskRunner": part}
        return {"tasks": [task]}
    return {{"Task": "tasks", "Trigger": "triggers", "Input": "inputs"}[room]: [part]}


@st.composite
def _objects(draw: st.DrawFn, schema: dict[str, Any], name: str | None, depth: int) -> dict[str, Any]:
    needed = needed_properties(schema)
    others = {*schema.get("x-renamed", ()), *schema.get("x-synonyms", ())}
    free = [key for key in schema["properties"] if key not in needed and key not in others]
    chosen = draw(st.lists(st.sampled_from(free), max_size=3, unique=True)) if free and depth < _DEPTH else []
    made = {key: draw(_values(schema["properties"][key], depth + 1)) for key in [*sorted(needed - {"type"}), *chosen]}
    return made | ({"type": name} if name else {})


def _values(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    schema = resolve(schema, definition_table())
    if "x-templated" in schema:
        real = schema.get("else") or {key: part for key, part in schema.items() if key != "x-templated"}
        return st.one_of(_values(real, depth), _values(real, depth), st.just(EXPRESSION))
    if "x-union" in schema:
        return _members(schema, depth)
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if "x-format" in schema:
        return st.sampled_from(SAMPLES[schema["x-format"]])
    if "if" in schema and "then" in schema and "type" not in schema:
        return st.just({"a": "b"})
    types = schema.get("type", "string")
    return st.one_of([_of_type(each, schema, depth) for each in ([types] if isinstance(types, str) else types)])


def _members(union: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    """A value of a union: for tasks and conditions a simple one, else one of its shapes."""
    if union.get("title") in ("Task", "Condition"):
        return st.just(_LOG if union["title"] == "Task" else _CONDITION).map(dict)
    members = [
        _objects(definition(reference.removeprefix("#/definitions/")), name, depth + 1)
        for name, reference in union["x-union"].items()
        if name != "FORM"  # a form holds no forms, and one in a form is read like an unknown type
    ]
    return st.one_of(members)


def _of_type(name: str, schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    if name == "array":
        return st.lists(_values(schema.get("items", {}), depth + 1), min_size=schema.get("minItems", 0), max_size=2)
    if name == "object" and "properties" in schema:
        return _objects(schema, None, depth)
    simple: dict[str, st.SearchStrategy[Any]] = {
        "boolean": st.booleans(),
        "integer": st.integers(int(schema.get("minimum", 1)), int(schema.get("maximum", 200))),
        "number": st.sampled_from([1, 1.5]),
        "string": st.sampled_from(["x", "abc"]),
        "object": _maps(schema, depth),
    }
    return simple[name]


def _maps(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    items = schema.get("additionalProperties")
    if not isinstance(items, dict) or depth > _DEPTH:
        return st.sampled_from([{"a": "b"}, {"a": 1}]) if not isinstance(items, dict) else st.just({})
    return st.dictionaries(st.sampled_from(["a", "b"]), _values(items, depth + 1), max_size=2)


def definition_table() -> Mapping[str, dict[str, Any]]:
    """All definitions by name."""
    table: Mapping[str, dict[str, Any]] = schema()["definitions"]
    return table


def _change(draw: st.DrawFn, flow: dict[str, Any]) -> None:
    path = draw(st.sampled_from([path for path in _places(flow) if path]))
    holder = _at(flow, path[:-1])
    change = draw(st.sampled_from(["drop", "add", "retype"]))
    if change == "add" and isinstance(holder, dict):
        holder[draw(st.sampled_from(["nonsense", "description", "when", "logLevel"]))] = copy.deepcopy(draw(ODD))
    elif change == "drop" and isinstance(holder, dict):
        del holder[path[-1]]
    elif path[-1] != "type":
        holder[path[-1]] = copy.deepcopy(draw(ODD))


def _places(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in parts:
        yield from _places(item, (*path, step))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value
