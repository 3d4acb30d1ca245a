"""The task types of the group state: what can be written, and what is refused."""

from __future__ import annotations

import pytest

from gitops.tasks.state.state_properties import StateProperties
from tests.tasks.one_task import read_task, refusal, shown

STATE = "io.kestra.plugin.core.state."


@pytest.mark.parametrize("room", [STATE, "io.kestra.core.tasks.states."])
@pytest.mark.parametrize(
    ("kind", "properties", "outputs"),
    [
        ("Get", {"name": "n", "namespace": True, "taskrunValue": False, "errorOnMissing": True}, {"count", "data"}),
        ("Set", {"name": "{{ inputs.n }}", "data": {"a": 1, "b": "{{ x }}"}}, {"count", "key"}),
        ("Set", {"data": "{{ outputs.a.vars }}"}, {"count", "key"}),
        ("Delete", {"errorOnMissing": "{{ x }}"}, {"deleted"}),
    ],
    ids=shown,
)
def test_accepted(room: str, kind: str, properties: dict[str, object], outputs: set[str]) -> None:
    task = read_task(room + kind, **properties)
    assert (task.type, type(task).type_name()) == (STATE + kind, STATE + kind)
    assert task.AVAILABLE
    assert set(task.Output.model_fields) == outputs


@pytest.mark.parametrize("kind", ["Get", "Set", "Delete"])
def test_the_key_value_store_is_what_to_use_instead(kind: str) -> None:
    advice = read_task(STATE + kind).DEPRECATED
    assert advice == f"use `io.kestra.plugin.core.kv.{kind}`"
    assert read_task(STATE + kind).REMOVED


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        ("Get", {"namespace": "company"}, "namespace: Value error, expected true or false"),
        ("Set", {"data": ["a"]}, "data: Input should be a valid dictionary"),
        ("Set", {"errorOnMissing": True}, "errorOnMissing: Extra inputs are not permitted"),
        ("Delete", {"taskrunValue": "maybe"}, "taskrunValue: Value error, expected true or false"),
    ],
    ids=shown,
)
def test_refused(kind: str, properties: dict[str, object], words: str) -> None:
    assert refusal(STATE + kind, **properties).startswith(words)


def test_defaults() -> None:
    task = read_task(STATE + "Get")
    assert isinstance(task, StateProperties)
    assert (task.name, task.namespace, task.taskrun_value) == ("default", False, True)
