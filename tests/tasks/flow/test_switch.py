"""Switch: the tasks of the case that has exactly the value, else those of `defaults`."""

from __future__ import annotations

import pytest

from tests.execution.play import flow_task, give, play

CASES = {"a": [give("is_a"), give("a_too")], "true": [give("is_true")], "1": [give("is_one")]}


@pytest.mark.parametrize(
    ("value", "task", "shown"),
    [
        ("a", "is_a", "a"),
        ("{{ inputs.letter }}", "is_a", "a"),
        (True, "is_true", "true"),
        (1, "is_one", "1"),
        ("{{ 1 }}", "is_one", "1"),
    ],
)
def test_the_case_with_the_value_runs(value: object, task: str, shown: str) -> None:
    player = play(flow_task("Switch", "which", value=value, cases=CASES), inputs={"letter": "a"})
    assert player.outputs("which") == {"value": shown, "defaults": False}
    assert player.states()[task] == "SUCCESS"
    assert len(player.states()) == 1 + len(CASES[shown])


@pytest.mark.parametrize("value", ["A", "a ", "other", "10"])
def test_any_other_value_runs_the_defaults(value: str) -> None:
    player = play(flow_task("Switch", "which", value=value, cases=CASES, defaults=[give("else")]))
    assert player.states() == {"which": "SUCCESS", "else": "SUCCESS"}
    assert player.outputs("which") == {"value": value, "defaults": True}


def test_a_case_without_tasks_succeeds_at_once() -> None:
    player = play(flow_task("Switch", "which", value="none", cases={"none": [], "a": [give("b")]}))
    assert (player.states(), player.state) == ({"which": "SUCCESS"}, "SUCCESS")


def test_a_value_for_which_there_is_nothing_fails_it_and_says_so() -> None:
    player = play(flow_task("Switch", "which", value="b", cases=CASES))
    assert player.states() == {"which": "FAILED"}
    assert player.run("which").message == "expected a case for `b`, or tasks in `defaults`; found neither"


def test_a_failure_in_the_case_runs_errors() -> None:
    which = flow_task("Switch", "which", value="a", cases=CASES, errors=[give("sorry", "{{ outputs.which.value }}")])
    player = play(which, failing={"is_a"})
    assert player.states() == {"which": "FAILED", "is_a": "FAILED", "sorry": "SUCCESS"}
    assert player.outputs("sorry") == {"value": "a"}


def test_a_restart_stays_with_the_case() -> None:
    player = play(flow_task("Switch", "which", value="a", cases=CASES), failing={"a_too"})
    player.failing = ()
    player.restart()
    assert player.states() == {"which": "SUCCESS", "is_a": "SUCCESS", "a_too": "SUCCESS"}
    assert player.begun == ["is_a", "a_too", "a_too"]
