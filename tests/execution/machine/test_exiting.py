"""The early end of an execution, in a state that somebody chose: by Exit, by Kill, by an agreement or an approval."""

from __future__ import annotations

import pytest

from gitops.execution.effects import CancelAttempt, KillChildren
from gitops.execution.state import State
from tests.execution.play import Data, execution_task, flow_task, give, play


def leave(state: str = "SUCCESS", **more: object) -> Data:
    return execution_task("Exit", "leave", state=state, **more)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("SUCCESS", "SUCCESS"),
        ("WARNING", "WARNING"),
        ("FAILED", "FAILED"),
        ("KILLED", "KILLED"),
        ("CANCELED", "CANCELLED"),
        ("CANCELLED", "CANCELLED"),
        ("{{ 'WARNING' }}", "WARNING"),
    ],
)
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_it_ends_the_task_run_all_above_it_and_the_execution(written: str, state: str, depth: int) -> None:
    task = leave(written)
    names = []
    for level in range(depth):
        task = flow_task("Sequential", f"level{level}", task, give(f"after{level}"))
        names.append(f"level{level}")
    player = play(task, give("next"))
    assert player.states() == dict.fromkeys([*names, "leave"], state)
    assert (player.state, player.execution.done) == (state, True)


def test_the_default_is_success() -> None:
    assert play(execution_task("Exit", "leave"), give("next")).state == "SUCCESS"


def test_a_state_that_is_none_fails_the_task() -> None:
    player = play(leave("{{ 'DONE' }}"))
    assert (player.states(), player.state) == ({"leave": "FAILED"}, "FAILED")
    assert (
        player.run("leave").message
        == "state: expected one of SUCCESS, WARNING, KILLED, FAILED, CANCELLED, found `DONE`"
    )


def test_a_condition_decides_whether_it_does() -> None:
    assert play(leave("FAILED", runIf="{{ false }}"), give("next")).states() == {"leave": "SKIPPED", "next": "SUCCESS"}


@pytest.mark.parametrize("state", ["SUCCESS", "WARNING", "FAILED", "CANCELLED"])
def test_tasks_that_run_beside_it_go_on_to_their_end(state: str) -> None:
    player = play(flow_task("Parallel", "all", give("a"), leave(state)), give("next"), slow={"a"})
    assert player.states() == {"all": "RUNNING", "a": "RUNNING", "leave": state}
    assert player.state == "RUNNING"
    player.end("a")
    assert player.states() == {"all": state, "a": "SUCCESS", "leave": state}
    assert player.state == state


def test_killed_stops_them() -> None:
    group = flow_task("Sequential", "group", give("first"), leave("KILLED"))
    player = play(flow_task("Parallel", "all", give("a"), group), slow={"a"})
    assert CancelAttempt(player.run("a").id, 1) in player.others
    assert (player.states()["a"], player.state) == ("KILLING", "KILLING")
    player.end("a", failed="stopped")
    assert player.states() == {**dict.fromkeys(["all", "a", "group", "leave"], "KILLED"), "first": "SUCCESS"}
    assert player.state == "KILLED"


def test_groups_beside_it_begin_nothing_more() -> None:
    beside = flow_task("Sequential", "beside", give("a"), give("b"), finally_=[give("bye")])
    each = flow_task("ForEach", "each", give("c"), values=["x", "y"])
    group = flow_task("Sequential", "group", give("first"), leave("WARNING"))
    player = play(flow_task("Parallel", "all", beside, each, group), slow={"a", "c", "first"})
    player.end("first")
    player.end("a")
    player.end("c[x]")
    assert player.states() == {
        "all": "WARNING",
        "beside": "SUCCESS",
        "each": "SUCCESS",
        "group": "WARNING",
        "a": "SUCCESS",
        "c[x]": "SUCCESS",
        "first": "SUCCESS",
        "leave": "WARNING",
        "bye": "SUCCESS",
    }
    assert player.state == "WARNING"


def test_a_pause_beside_it_holds_nothing_up() -> None:
    player = play(flow_task("Parallel", "all", flow_task("Pause", "hold"), leave("WARNING")))
    assert (player.state, player.execution.done, player.execution.paused) == ("WARNING", True, 0)


def test_a_retry_beside_it_is_not_waited_for() -> None:
    retry = {"type": "constant", "interval": "P1D"}
    player = play(flow_task("Parallel", "all", give("a", retry=retry), leave("WARNING")), failing={"a"})
    assert (player.state, player.execution.done) == ("WARNING", True)


def test_finally_and_after_execution_run_and_errors_only_after_a_failure() -> None:
    endings: Data = {"errors": [give("sorry")], "finally_": [give("bye")], "afterExecution": [give("after")]}
    assert list(play(leave("SUCCESS"), **endings).states()) == ["leave", "bye", "after"]
    assert list(play(leave("FAILED"), **endings).states()) == ["leave", "sorry", "bye", "after"]


def test_one_in_errors_ends_the_execution_there() -> None:
    player = play(give("a"), errors=[leave("WARNING"), give("never")], finally_=[give("bye")], failing={"a"})
    assert player.states() == {"a": "FAILED", "leave": "WARNING", "bye": "SUCCESS"}
    assert player.state == "WARNING"


def test_one_in_finally_ends_the_execution_there() -> None:
    player = play(give("a"), finally_=[flow_task("Sequential", "group", leave("WARNING"), give("never")), give("nor")])
    assert player.states() == {"a": "SUCCESS", "group": "WARNING", "leave": "WARNING"}
    assert player.state == "WARNING"


def test_one_in_the_errors_of_a_group_ends_them_and_all_above() -> None:
    inner: Data = {"errors": [leave("SUCCESS"), give("never")], "finally": [give("bye")]}
    player = play(flow_task("Sequential", "group", give("a"), **inner), give("next"), failing={"a"})
    assert player.states() == {"group": "SUCCESS", "a": "FAILED", "leave": "SUCCESS", "bye": "SUCCESS"}
    assert player.state == "SUCCESS"


def test_handlers_beside_it_go_on() -> None:
    beside = flow_task("Sequential", "group", give("a"), errors=[give("sorry"), give("more")])
    other = flow_task("Sequential", "other", give("b"), leave("WARNING"))
    player = play(flow_task("Parallel", "all", beside, other), failing={"a"}, slow={"b", "sorry"})
    player.end("b")
    player.end("sorry")
    assert player.states()["more"] == "SUCCESS"
    assert player.state == "WARNING"


def test_one_after_the_execution_ends_what_runs_there() -> None:
    player = play(give("a"), afterExecution=[leave("FAILED"), give("never")])
    assert player.states() == {"a": "SUCCESS", "leave": "FAILED"}
    assert (player.state, player.execution.done) == ("SUCCESS", True)


def test_a_kill_task_kills() -> None:
    group = flow_task("Sequential", "group", give("first"), execution_task("Kill", "stop"))
    player = play(flow_task("Parallel", "all", give("a"), group), give("next"), slow={"a"})
    assert (player.states()["stop"], player.state) == ("SUCCESS", "KILLING")
    player.end("a", failed="stopped")
    ends = {"all": "KILLED", "a": "KILLED", "group": "KILLED", "first": "SUCCESS", "stop": "SUCCESS"}
    assert player.states() == ends
    assert KillChildren() not in player.others
    assert player.execution.state is State.KILLED


def test_a_kill_task_may_kill_what_was_called_too() -> None:
    call = flow_task("Subflow", "call", namespace="a", flowId="b")
    player = play(flow_task("Parallel", "all", call, execution_task("Kill", "stop", propagateKill=True)))
    assert KillChildren() in player.others
    player.call_created()
    player.call_ended(State.KILLED)
    assert player.state == "KILLED"


@pytest.mark.parametrize("state", ["SUCCESS", "WARNING", "FAILED"])
def test_a_kill_after_it_kills(state: str) -> None:
    group = flow_task("Sequential", "group", give("first"), leave(state))
    player = play(flow_task("Parallel", "all", give("a"), group), slow={"a"})
    player.kill()
    player.end("a", failed="stopped")
    assert (player.states()["all"], player.states()["a"], player.state) == ("KILLED",) * 3


@pytest.mark.parametrize("state", ["SUCCESS", "FAILED", "KILLED"])
def test_flowables_in_what_follows_it_run_their_tasks(state: str) -> None:
    bye = flow_task("Sequential", "bye", give("b1"), give("b2"))
    after = flow_task("ForEach", "after", give("a1"), values=["x", "y"])
    group = flow_task(
        "Sequential", "group", leave(state), give("never"), finally_=[flow_task("Parallel", "own", give("o1"))]
    )
    player = play(group, finally_=[bye], afterExecution=[after])
    expected = ["a1[x]", "a1[y]"] if state == "KILLED" else ["o1", "b1", "b2", "a1[x]", "a1[y]"]
    assert player.begun == expected
    assert player.state == state


def test_what_follows_it_may_be_tried_again() -> None:
    retry = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}
    player = play(leave("WARNING"), finally_=[flow_task("Sequential", "bye", give("b", retry=retry))], failing={"b"})
    assert player.states() == {"leave": "WARNING", "bye": "RUNNING", "b": "RETRYING"}
    player.failing = ()
    player.wait()
    assert (player.states()["b"], player.state) == ("SUCCESS", "WARNING")


def test_after_a_kill_beside_it_an_exit_does_not_begin() -> None:
    both = flow_task("Parallel", "both", execution_task("Kill", "stop"), leave("SUCCESS"))
    for flow in ({"tasks": [both]}, {"tasks": [give("a")], "finally_": [both]}):
        player = play(*flow["tasks"], finally_=flow.get("finally_", []))
        assert (player.states()["both"], player.states()["stop"], player.state) == ("KILLED", "SUCCESS", "KILLED")
        assert "leave" not in player.states()
