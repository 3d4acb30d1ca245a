"""The schema of one type: on its own it needs nothing else, beside the schema of flows it is small."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from gitops.catalog.catalogue import catalogue
from gitops.catalog.descriptions import example
from gitops.catalog.schema import flow_schema
from gitops.catalog.type_schemas import TypeSchemas
from gitops.language.document import parse

SITE = "https://example.com/schemas"
LOG = "io.kestra.plugin.core.log.Log"


@cache
def types() -> TypeSchemas:
    return TypeSchemas(flow_schema(catalogue()))


def found(name: str) -> dict[str, Any]:
    schema = types().find(name)
    assert schema is not None
    return schema


@cache
def beside(name: str) -> Draft7Validator:
    """A validator of the small file, in a folder beside the schema of flows."""
    small = {**types().files()[f"{name}.schema.json"], "$id": f"{SITE}/types/{name}.schema.json"}
    flow = {**types().flow, "$id": f"{SITE}/flow.schema.json"}
    registry: Any = Registry().with_resource(flow["$id"], DRAFT7.create_resource(flow))
    return Draft7Validator(small, registry=registry)


def test_every_type_but_inputs_has_a_file() -> None:
    names = {name for room in catalogue().rooms() for name in catalogue().room(room)}
    assert set(types().files()) == {f"{name}.schema.json" for name in names}


@pytest.mark.parametrize("name", catalogue().room("Task"))
def test_both_schemas_of_a_type_accept_the_task_of_its_example(name: str) -> None:
    tasks: Any = parse(example(catalogue().room("Task")[name])).data
    task = next(task for task in _tasks(tasks) if task.get("type") == name)
    for validator in (Draft7Validator(found(name)), beside(name)):
        assert [error.message for error in validator.iter_errors(task)] == []
        assert not validator.is_valid({**task, "nonsense": 1})
        assert not validator.is_valid({**task, "type": "io.kestra.plugin.core.log.Lgo"})
        assert not validator.is_valid({**task, "logLevel": "LOUD"})


def _tasks(value: object) -> list[dict[str, Any]]:
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict) else []
    return own + [task for item in held for task in _tasks(item)]


def test_a_schema_on_its_own_holds_only_what_it_reaches() -> None:
    definitions = found(LOG)["definitions"]
    assert "Task.logLevel" in definitions
    assert "Trigger" not in definitions
    assert "Task" not in definitions
    assert "Task" in found("io.kestra.plugin.core.flow.Sequential")["definitions"]


def test_a_file_is_small_and_refers_to_the_schema_of_flows() -> None:
    text = json.dumps(types().files()[f"{LOG}.schema.json"])
    assert '"../flow.schema.json#/definitions/Task.runIf"' in text
    assert '"#/definitions' not in text
    assert max(len(json.dumps(schema)) for schema in types().files().values()) < 10_000


def test_a_type_is_found_by_its_old_name_too() -> None:
    assert found("io.kestra.core.tasks.log.Log") == found(LOG)


def test_the_type_of_an_input_is_found_by_its_word() -> None:
    assert Draft7Validator(found("SELECT")).is_valid({"id": "i", "type": "SELECT", "values": ["a"]})


def test_an_unknown_type_is_not_found() -> None:
    assert types().find("io.kestra.plugin.core.log.Lgo") is None


def test_the_whole_page_is_in_the_schema_of_a_type() -> None:
    assert "```yaml\nid: hello" in found(LOG)["markdownDescription"]
