"""From one branch to the next: which follows by the result so far."""

from __future__ import annotations

from typing import Any

import pytest

from tests.execution.play import Data, execution_task, flow_task, give, play

ERRORS: Data = {"errors": [give("sorry")]}
FINALLY: Data = {"finally_": [give("bye")]}


@pytest.mark.parametrize(
    ("endings", "failing", "run"),
    [
        ({}, set(), []),
        (ERRORS, set(), []),
        (ERRORS, {"a"}, ["sorry"]),
        (FINALLY, set(), ["bye"]),
        (FINALLY, {"a"}, ["bye"]),
        ({**ERRORS, **FINALLY}, set(), ["bye"]),
        ({**ERRORS, **FINALLY}, {"a"}, ["sorry", "bye"]),
        ({**ERRORS, **FINALLY}, {"a", "sorry"}, ["sorry", "bye"]),
    ],
)
@pytest.mark.parametrize("kind", ["flow", "Sequential", "ForEach"])
def test_which_branches_run(kind: str, endings: dict[str, Any], failing: set[str], run: list[str]) -> None:
    if kind == "flow":
        player = play(give("a"), failing=failing, **endings)
    else:
        more = {"values": ["x"]} if kind == "ForEach" else {}
        player = play(flow_task(kind, "group", give("a"), **more, **endings), failing=failing)
    assert [name for name in player.begun if not name.startswith("a")] == run
    assert player.state == ("FAILED" if failing else "SUCCESS")


def test_a_warning_is_no_failure() -> None:
    player = play(give("a", allowFailure=True), failing={"a"}, **ERRORS)
    assert (player.begun, player.state) == (["a"], "WARNING")


@pytest.mark.parametrize("state", ["KILLED", "CANCELLED"])
def test_neither_is_what_was_killed_or_cancelled(state: str) -> None:
    player = play(execution_task("Exit", "leave", state=state), **ERRORS)
    assert (player.begun, player.state) == ([], state)


def test_branches_without_enabled_tasks_are_not_there() -> None:
    player = play(
        give("a"), errors=[give("sorry", disabled=True)], finally_=[give("bye", disabled=True)], failing={"a"}
    )
    assert (player.states(), player.state) == ({"a": "FAILED"}, "FAILED")


def test_a_warning_in_a_later_branch_counts() -> None:
    player = play(give("a"), finally_=[give("bye", allowFailure=True)], failing={"bye"})
    assert player.state == "WARNING"


def test_a_failure_of_an_error_task_does_not_stop_finally() -> None:
    inner = flow_task("Sequential", "inner", give("a"), errors=[give("e1")], finally_=[give("f1")])
    player = play(inner, errors=[give("e2")], finally_=[give("f2")], failing={"a", "e1", "f1", "e2"})
    assert player.begun == ["a", "e1", "f1", "e2", "f2"]
    assert player.state == "FAILED"


def test_errors_may_hold_flowables_with_errors() -> None:
    inside = flow_task("Parallel", "inside", give("x"), give("y"), errors=[give("deep")])
    player = play(give("a"), errors=[inside, give("never")], failing={"a", "x"})
    assert player.states() == {"a": "FAILED", "inside": "FAILED", "x": "FAILED", "y": "SUCCESS", "deep": "SUCCESS"}
