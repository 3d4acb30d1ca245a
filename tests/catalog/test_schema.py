"""The JSON Schema of flows: a valid draft 7 that says about every type what its class says, and never guesses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

import pytest
from jsonschema import Draft7Validator

from gitops.catalog.catalogue import Catalogue, catalogue
from gitops.catalog.descriptions import example
from gitops.catalog.schema import flow_schema
from gitops.language.document import parse
from gitops.language.inputs.table import INPUT_TYPES
from gitops.language.task import Task

ROOMS = {**{room: catalogue().room(room) for room in catalogue().rooms()}, "Input": INPUT_TYPES}
KINDS = [(room, name) for room, kinds in ROOMS.items() for name in kinds]
WITH_EXAMPLES = ("Task", "Trigger", "Condition")
HEAD = {"id": "a", "namespace": "b"}


@cache
def schema() -> dict[str, Any]:
    return flow_schema(catalogue())


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(schema())


def definition(name: str) -> dict[str, Any]:
    found: dict[str, Any] = schema()["definitions"][name]
    return found


def leaf(room: str, name: str) -> dict[str, Any]:
    return definition(definition(room)["x-union"][name].removeprefix("#/definitions/"))


def parts(value: object) -> Iterator[dict[str, Any]]:
    """Every mapping in a part of a schema."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(item)


def problems(**properties: object) -> list[str]:
    flow = {**HEAD, "tasks": [LOG], **properties}
    return [error.message for error in validator().iter_errors(flow)]


LOG = {"id": "t", "type": "io.kestra.plugin.core.log.Log", "message": "m"}


def test_it_is_a_valid_draft_7_with_every_reference_in_itself() -> None:
    Draft7Validator.check_schema(schema())
    references = {part["$ref"] for part in parts(schema()) if isinstance(part.get("$ref"), str)}
    assert {reference.removeprefix("#/definitions/") for reference in references} <= set(schema()["definitions"])


def test_no_choice_is_empty() -> None:
    """Editors refuse the whole schema for one."""
    lists = [part[keyword] for part in parts(schema()) for keyword in ("enum", "anyOf", "allOf") if keyword in part]
    assert [] not in lists


def test_it_is_made_once_for_the_same_types() -> None:
    rooms = {room: catalogue().room(room).values() for room in catalogue().rooms()}
    assert flow_schema(Catalogue(rooms)) is schema()


def test_it_holds_nothing_that_no_flow_reaches() -> None:
    text = json.dumps(schema())
    assert [name for name in schema()["definitions"] if f'"#/definitions/{name}"' not in text] == []


@pytest.mark.parametrize(("room", "name"), [kind for kind in KINDS if kind[0] in WITH_EXAMPLES])
def test_the_example_of_a_type_is_valid(room: str, name: str) -> None:
    source = example(ROOMS[room][name])
    assert [error.message for error in validator().iter_errors(parse(source).data)] == []


@pytest.mark.parametrize(("room", "name"), KINDS)
def test_the_definition_of_a_type_says_what_its_class_says(room: str, name: str) -> None:
    kind, made = ROOMS[room][name], leaf(room, name)
    assert made["additionalProperties"] is (kind.model_config["extra"] == "allow")
    assert made["markdownDescription"]
    assert made.get("deprecated", False) is (kind.DEPRECATED is not None)
    assert made["properties"]["type"].get("deprecationMessage") == kind.DEPRECATED
    assert made.get("x-advice") == (kind.DEPRECATED or kind.REPLACEMENT)
    assert made.get("x-removed", False) is kind.REMOVED
    assert made.get("x-unavailable", False) is not kind.AVAILABLE
    assert made.get("x-runnable", True) is getattr(kind, "RUNNABLE", True)
    assert made.get("x-timed", False) is getattr(kind, "TIMED", False)
    assert made.get("x-renamed", {}) == kind.RENAMED
    assert made.get("x-synonyms", {}) == kind.SYNONYMS
    assert made.get("x-increasing", []) == [list(pair) for pair in kind.INCREASING]
    names = {field.alias for field in kind.model_fields.values()}
    assert set(made["properties"]) == {*names, *kind.RENAMED, *kind.SYNONYMS}


@pytest.mark.parametrize("name", ROOMS["Task"])
def test_a_task_tells_its_outputs(name: str) -> None:
    kind = ROOMS["Task"][name]
    assert issubclass(kind, Task)
    assert set(leaf("Task", name)["x-outputs"]) == {field.alias for field in kind.Output.model_fields.values()}


@pytest.mark.parametrize("room", ROOMS)
def test_a_union_lists_its_types_and_their_old_names(room: str) -> None:
    union = definition(room)
    assert list(union["x-union"]) == sorted(ROOMS[room])
    assert union["x-aliases"] == {alias: name for name, kind in ROOMS[room].items() for alias in kind.ALIASES}
    choices = union["properties"]["type"]["anyOf"]
    assert [choice["const"] for choice in choices if "const" in choice] == sorted(ROOMS[room])


def test_a_deprecated_type_says_so_where_it_is_chosen() -> None:
    choices = {choice.get("const"): choice for choice in definition("Task")["properties"]["type"]["anyOf"]}
    echo = choices["io.kestra.plugin.core.debug.Echo"]
    assert echo["title"] == "Echo (deprecated)"
    assert "**(deprecated)** use `io.kestra.plugin.core.log.Log`" in echo["markdownDescription"]


def test_types_are_never_alternatives() -> None:
    """A validator that tries one type after another completes and explains wrongly."""
    for part in parts(schema()):
        for keyword in ("anyOf", "oneOf"):
            for alternative in part.get(keyword, ()):
                assert "io.kestra" not in str(alternative.get("$ref", "")), part


@pytest.mark.parametrize("room", ["Task", "Trigger", "Condition", "TaskRunner", "Input"])
def test_the_tree_leads_every_name_to_its_definition(room: str) -> None:
    union = definition(room)
    for name in (*union["x-union"], *union["x-aliases"]):
        today = union["x-aliases"].get(name, name)
        assert led(union, {"id": "x", "type": name}) == union["x-union"][today]


def test_the_tree_leads_no_other_name_anywhere() -> None:
    for name in ("", "Log", "io.kestra.plugin.core.log.Log2", "xio.kestra.plugin.core.log.Log", 5, None, ["a"]):
        assert "defaultSnippets" in led(definition("Task"), {"id": "x", "type": name})
    assert "defaultSnippets" in led(definition("Task"), {"id": "x"})


def led(union: dict[str, Any], value: object) -> Any:
    """Where the decisions of a union lead a value: a reference, or what stands there in place of one."""
    place = union
    while "if" in place:
        place = place["then" if Draft7Validator(place["if"]).is_valid(value) else "else"]
    return place.get("$ref", place)


@pytest.mark.parametrize(
    ("window", "accepted"),
    [
        ({}, True),
        ({"window": "PT1H"}, True),
        ({"type": "DURATION_WINDOW", "window": "PT1H"}, True),
        ({"type": "SLIDING_WINDOW", "window": "PT1H"}, True),
        ({"startTime": "09:00:00"}, False),
        ({"type": "SLIDING_WINDOW", "startTime": "09:00:00"}, False),
        ({"type": "HOURLY"}, False),
    ],
)
def test_an_object_without_a_type_is_of_the_usual_one(window: object, *, accepted: bool) -> None:
    trigger = {
        "id": "f",
        "type": "io.kestra.plugin.core.trigger.Flow",
        "preconditions": {"id": "p", "timeWindow": window},
    }
    assert (problems(triggers=[trigger]) == []) is accepted


def test_an_old_name_of_a_type_is_accepted_and_no_choice() -> None:
    old = "io.kestra.core.tasks.log.Log"
    assert problems(tasks=[{**LOG, "type": old}]) == []
    assert problems(tasks=[{**LOG, "type": old, "mesage": "m"}]) != []
    offered = [part for part in parts(definition("Task")["properties"]) if part.get("const") == old]
    assert offered == []


def test_a_property_with_other_names_is_asked_for_unless_one_of_them_is_there() -> None:
    named, old = {"type": "STRING", "id": "i"}, {"type": "STRING", "name": "i"}
    assert problems(inputs=[named]) == problems(inputs=[old]) == []
    assert problems(inputs=[{"type": "STRING"}]) != []


def test_an_old_name_of_a_property_warns_and_is_not_offered() -> None:
    old = leaf("Trigger", "io.kestra.plugin.core.trigger.Webhook")["properties"]["minLogLevel"]
    marks = {"deprecated": True, "deprecationMessage": "`minLogLevel` is now `logLevel`", "doNotSuggest": True}
    assert old.items() >= {**marks, "x-removed": True}.items()
    whole = definition(old["$ref"].removeprefix("#/definitions/"))
    assert whole.items() >= {**marks, "enum": ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]}.items()


def test_what_types_have_alike_is_written_once_with_its_marks_beside_the_reference() -> None:
    first, second = (
        leaf("Task", f"io.kestra.plugin.core.{name}")["properties"] for name in ("log.Log", "http.Request")
    )
    assert first["workerGroup"] == second["workerGroup"]
    marks = {"x-removed": True, "x-advice": "use `workerSelector`"}
    assert first["workerGroup"] == {"$ref": "#/definitions/Task.workerGroup", **marks}
    assert first["id"]["description"] == "Unique in the whole flow; outputs are addressed by it."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("logLevel", "One of `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`. Default: `TRACE`."),
        ("timeout", "Value: an ISO-8601 duration such as PT30S, PT5M, PT1H30M or P1D. Expressions are rendered."),
        ("disabled", "Default: `false`."),
    ],
)
def test_a_property_tells_its_values_and_its_default(name: str, words: str) -> None:
    shared = definition(f"Task.{name}")
    assert shared["markdownDescription"] == f"{shared['description']}\n\n{words}"


def test_values_that_stand_behind_a_condition_are_offered_in_front_of_it() -> None:
    level = leaf("Task", "io.kestra.plugin.core.log.Log")["properties"]["level"]
    assert [snippet["label"] for snippet in level["defaultSnippets"]] == ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]


def test_a_type_is_inserted_with_what_it_needs_in_the_order_of_its_properties() -> None:
    snippets = {snippet["description"]: snippet for snippet in definition("Task")["else"]["defaultSnippets"]}
    assert snippets["io.kestra.plugin.core.log.Log"]["body"] == {
        "id": "${1:id}",
        "type": "io.kestra.plugin.core.log.Log",
        "message": "${2:message}",
    }
    assert snippets["io.kestra.plugin.core.flow.Sequential"]["body"]["tasks"] == [{"id": "${2:id}", "type": "$3"}]
    assert "io.kestra.plugin.core.debug.Echo" not in snippets


@pytest.mark.parametrize(
    ("properties", "accepted"),
    [
        ({"message": "{{ x }}", "level": "{{ y }}"}, True),
        ({"message": ["a", 1], "level": "INFO"}, True),
        ({"message": "m", "level": "LOUD"}, False),
        ({"message": "m", "allowFailure": "{{ x }}"}, False),
        ({"message": "m", "allowFailure": None}, False),
        ({}, False),
    ],
)
def test_properties_are_what_the_language_says(properties: dict[str, object], *, accepted: bool) -> None:
    task = {"id": "t", "type": "io.kestra.plugin.core.log.Log", **properties}
    assert (problems(tasks=[task]) == []) is accepted


@pytest.mark.parametrize(("key", "accepted"), [("name.of-it", True), ("{{ inputs.key }}", True), ("a b", False)])
def test_a_text_of_some_form_may_be_an_expression(key: str, *, accepted: bool) -> None:
    task = {"id": "t", "type": "io.kestra.plugin.core.kv.Set", "key": key, "value": "v"}
    assert (problems(tasks=[task]) == []) is accepted


@pytest.mark.parametrize(
    ("declared", "accepted"),
    [({"values": ["a"]}, True), ({"options": ["a"]}, True), ({}, False), ({"values": ["a"], "options": ["a"]}, False)],
)
def test_what_a_model_says_beside_its_properties_is_kept(declared: dict[str, object], *, accepted: bool) -> None:
    assert (problems(inputs=[{"id": "i", "type": "MULTISELECT", **declared}]) == []) is accepted


def test_a_type_of_another_package_is_a_type_like_any_other() -> None:
    class Greet(Task):
        """Greet somebody."""

        type: Literal["com.example.Greet"]

    rooms: dict[str, Any] = {room: list(catalogue().room(room).values()) for room in catalogue().rooms()}
    made = flow_schema(Catalogue({**rooms, "Task": [*rooms["Task"], Greet]}))
    flow = {**HEAD, "tasks": [{"id": "g", "type": "com.example.Greet"}]}
    assert Draft7Validator(made).is_valid(flow)
    assert not validator().is_valid(flow)
