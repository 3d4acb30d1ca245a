"""Tasks that the machine carries out itself: they have an attempt like others, and what they change is seen at once."""

from __future__ import annotations

import pytest

from gitops.execution.state import State
from tests.execution.play import Data, execution_task, flow_task, give, play
from tests.replacing import replace

MARK = execution_task("Labels", "mark", labels={"a": "1"})
WRONG = execution_task("Labels", "mark", labels={"a": "{{ inputs.missing }}"})


def test_they_have_one_attempt_and_need_no_worker() -> None:
    player = play(MARK)
    (attempt,) = player.run("mark").attempts
    assert (attempt.state, attempt.number, player.begun, player.open) == (State.SUCCESS, 1, [], [])
    assert player.history("mark") == ["CREATED", "RUNNING", "SUCCESS"]


def test_a_chain_of_them_is_one_step() -> None:
    tasks = [execution_task("SetVariables", f"t{number}", variables={f"v{number}": number}) for number in range(50)]
    player = play(*tasks)
    assert (player.state, len(player.execution.variables or {})) == ("SUCCESS", 50)


def test_a_mistake_is_told_once_and_fails_the_attempt() -> None:
    player = play(WRONG, give("next"))
    (attempt,) = player.run("mark").attempts
    assert (player.states(), attempt.state, attempt.message) == ({"mark": "FAILED"}, State.FAILED, player.logs[0])
    assert len(player.logs) == 1


@pytest.mark.parametrize(
    ("more", "state"), [({"allowFailure": True}, "WARNING"), ({"allowFailure": True, "allowWarning": True}, "SUCCESS")]
)
def test_their_failure_may_be_allowed(more: Data, state: str) -> None:
    player = play({**WRONG, **more}, give("next"))
    assert (player.states()["mark"], player.states()["next"]) == (state, "SUCCESS")


def test_they_may_stand_anywhere() -> None:
    each = flow_task(
        "ForEach", "each", execution_task("Labels", "mark", labels={"{{ taskrun.value }}": "1"}), values=["x", "y"]
    )
    player = play(
        flow_task("Parallel", "all", each, give("b")), finally_=[execution_task("Labels", "end", labels={"z": "1"})]
    )
    assert dict(player.execution.labels) == {"x": "1", "y": "1", "z": "1"}
    assert player.state == "SUCCESS"


def test_one_that_is_skipped_changes_nothing() -> None:
    assert play({**MARK, "runIf": "false"}).execution.labels == ()


def test_a_restart_carries_them_out_again() -> None:
    player = play(execution_task("Labels", "mark", labels={"a": "{{ vars.x }}"}))
    assert player.state == "FAILED"
    player.execution = replace(player.execution, variables={"x": "1"})
    player.restart()
    assert (player.state, dict(player.execution.labels), len(player.run("mark").attempts)) == ("SUCCESS", {"a": "1"}, 2)


def test_what_one_sets_the_next_sees() -> None:
    first = execution_task("SetVariables", "set", variables={"n": 1})
    second = execution_task("SetVariables", "more", variables={"n": "{{ vars.n + 1 }}"})
    assert play(first, second, give("show", "{{ vars.n }}")).outputs("show") == {"value": "2"}


def test_a_retry_carries_them_out_again() -> None:
    retry = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}
    player = play(execution_task("Labels", "mark", labels={"a": "{{ vars.x }}"}, retry=retry))
    assert (player.states(), player.state) == ({"mark": "RETRYING"}, "RETRYING")
    player.execution = replace(player.execution, variables={"x": "1"})
    player.wait()
    assert (player.state, dict(player.execution.labels), len(player.run("mark").attempts)) == ("SUCCESS", {"a": "1"}, 2)


@pytest.mark.parametrize("state", ["SUCCESS", "WARNING", "FAILED", "CANCELLED"])
def test_an_exit_ends_its_attempt_in_the_same_state(state: str) -> None:
    player = play(execution_task("Exit", "leave", state=state), give("next"))
    (attempt,) = player.run("leave").attempts
    assert (player.states(), attempt.state.value, player.state) == ({"leave": state}, state, state)


def test_a_kill_of_their_own_execution_lets_them_end_well() -> None:
    row = flow_task("Sequential", "row", give("b"), execution_task("Kill", "stop"))
    player = play(flow_task("Parallel", "both", give("a"), row), slow={"a"})
    assert (player.states()["stop"], player.states()["a"], player.state) == ("SUCCESS", "KILLING", "KILLING")
    player.end("a", failed="stopped")
    assert player.state == "KILLED"
