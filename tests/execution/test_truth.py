"""What the flow language takes for true, and what a task allows."""

from __future__ import annotations

import pytest

from gitops.execution.state import State
from gitops.execution.truth import allowed, is_true
from tests.execution.forest import tree, work


@pytest.mark.parametrize("value", [None, "", "false", "0", "-0", False, 0])
def test_false(value: object) -> None:
    assert not is_true(value)


@pytest.mark.parametrize("value", ["true", "no", "null", "0.0", "00", 1, [], {}, True])
def test_everything_else_is_true(value: object) -> None:
    assert is_true(value)


@pytest.mark.parametrize(
    ("allows", "result", "becomes"),
    [
        ({}, State.FAILED, State.FAILED),
        ({"allowFailure": True}, State.FAILED, State.WARNING),
        ({"allowFailure": True}, State.WARNING, State.WARNING),
        ({"allowWarning": True}, State.WARNING, State.SUCCESS),
        ({"allowWarning": True}, State.FAILED, State.FAILED),
        ({"allowFailure": True, "allowWarning": True}, State.FAILED, State.SUCCESS),
        *(
            ({"allowFailure": True, "allowWarning": True}, state, state)
            for state in (State.KILLED, State.CANCELLED, State.SUCCESS, State.SKIPPED)
        ),
    ],
)
def test_what_a_task_allows(allows: dict[str, bool], result: State, becomes: State) -> None:
    (task,) = tree({"tasks": [work("a", **allows)]}).tasks()
    assert allowed(task, result) is becomes
