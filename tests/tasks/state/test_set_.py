"""state.Set adds values to the state of the flow, of the namespace, or of one value of a loop."""

from __future__ import annotations

from hashlib import sha256

from gitops.engine.services.key_values import StoredKeyValues
from tests.tasks.recording_context import RecordingContext
from tests.tasks.state.one_state_task import run

_A = sha256(b"a").hexdigest()


def test_values_are_added_to_those_that_are_there(context: RecordingContext, pairs: StoredKeyValues) -> None:
    key = f"my-flow_states_tasks-states_{_A}_default"
    assert run(context, "Set", data={"a": 1}) == {"count": 1, "key": key}
    assert run(context, "Set", data={"b": "2"}) == {"count": 2, "key": key}
    assert run(context, "Set") == {"count": 2, "key": key}
    assert pairs.get("company.team", key) == {"a": 1, "b": "2"}


def test_the_properties_say_who_shares_the_state(context: RecordingContext) -> None:
    def key(**properties: object) -> object:
        return run(context, "Set", data={"a": 1}, **properties)["key"]

    assert key(name="n", taskrunValue=False) == "my-flow_states_tasks-states_n"
    assert key(namespace=True) == f"states_tasks-states_{_A}_default"
    assert key(namespace=True, taskrunValue=False) == "states_tasks-states_default"
