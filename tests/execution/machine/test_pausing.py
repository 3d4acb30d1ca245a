"""Pausing the whole execution by hand: nothing new begins, and what runs goes on to its end."""

from __future__ import annotations

import pytest

from gitops.execution.events import ForceRunAsked, PauseAsked, ResumeAsked
from gitops.execution.state import State
from tests.execution.play import Player, flow_task, give, play


def paused(player: Player) -> Player:
    assert player.give(PauseAsked()).changed
    return player


def test_what_runs_goes_on_and_nothing_follows_it() -> None:
    player = paused(play(give("a"), give("b"), slow={"a"}))
    assert (player.states(), player.state) == ({"a": "RUNNING"}, "PAUSED")
    player.end("a")
    assert (player.states(), player.state) == ({"a": "SUCCESS"}, "PAUSED")
    assert player.resume().answer.state is State.RESTARTED
    assert (player.states(), player.state) == ({"a": "SUCCESS", "b": "SUCCESS"}, "SUCCESS")
    assert player.history() == ["CREATED", "RUNNING", "PAUSED", "RESTARTED", "RUNNING", "SUCCESS"]


def test_a_resume_before_the_end_of_what_runs() -> None:
    player = paused(play(give("a"), give("b"), slow={"a"}))
    player.resume()
    assert player.state == "RUNNING"
    player.end("a")
    assert player.state == "SUCCESS"


def test_the_last_task_ends_but_the_execution_waits() -> None:
    player = paused(play(give("a"), slow={"a"}))
    player.end("a")
    assert player.state == "PAUSED"
    player.resume()
    assert player.state == "SUCCESS"


@pytest.mark.parametrize("kind", ["Parallel", "ForEach"])
def test_flowables_create_nothing_while_it_is_paused(kind: str) -> None:
    if kind == "Parallel":
        task = flow_task("Parallel", "all", give("a"), give("b"), give("c"), concurrent=1)
    else:
        task = flow_task("ForEach", "all", give("a"), give("b"), values=["x", "y"])
    player = paused(play(task, slow={"a"}))
    player.end("a" if kind == "Parallel" else "a[x]")
    assert len(player.states()) == 2
    player.slow = ()
    player.resume()
    assert player.state == "SUCCESS"
    assert len(player.states()) == (4 if kind == "Parallel" else 5)


def test_a_failure_meanwhile_counts_after_the_resume() -> None:
    player = paused(play(give("a"), give("b"), errors=[give("sorry")], slow={"a"}))
    player.end("a", failed="no")
    assert (player.states(), player.state) == ({"a": "FAILED"}, "PAUSED")
    player.resume()
    assert (player.states(), player.state) == ({"a": "FAILED", "sorry": "SUCCESS"}, "FAILED")


def test_a_retry_meanwhile_waits_for_the_resume_or_the_resume_for_it() -> None:
    retry = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}
    player = paused(play(give("a", retry=retry), give("b"), slow={"a"}))
    player.end("a", failed="no")
    assert (player.states()["a"], player.state) == ("RETRYING", "PAUSED")
    player.slow = ()
    player.wait()
    player.resume()
    player.wait(10)
    assert (player.states(), player.state) == ({"a": "SUCCESS", "b": "SUCCESS"}, "SUCCESS")


def test_a_kill_while_it_is_paused() -> None:
    player = paused(play(give("a"), give("b"), slow={"a"}))
    player.kill()
    player.end("a", failed="stopped")
    assert (player.states(), player.state) == ({"a": "KILLED"}, "KILLED")


def test_a_call_that_ends_meanwhile_is_heard() -> None:
    player = paused(play(flow_task("Subflow", "call", namespace="a", flowId="b"), give("next")))
    player.call_created()
    player.call_ended()
    assert (player.states(), player.state) == ({"call": "SUCCESS"}, "PAUSED")
    player.resume()
    assert player.states() == {"call": "SUCCESS", "next": "SUCCESS"}


def test_only_one_that_runs_can_be_paused() -> None:
    player = play(flow_task("Pause", "hold"))
    assert not player.give(PauseAsked()).changed
    player.resume()
    assert not player.give(PauseAsked()).changed


def test_only_one_that_is_paused_can_be_resumed() -> None:
    player = play(give("a"), slow={"a"})
    assert not player.give(ResumeAsked()).changed
    player.end("a")
    assert not player.give(ResumeAsked()).changed


def test_a_task_run_that_is_not_paused_cannot_be_resumed() -> None:
    player = play(give("a"), flow_task("Pause", "hold"))
    assert not player.give(ResumeAsked(player.run("a").id)).changed
    assert player.state == "PAUSED"


def test_a_force_run_resumes() -> None:
    player = play(flow_task("Pause", "hold"), give("b"))
    player.give(ForceRunAsked())
    assert player.state == "SUCCESS"


def test_in_finally_a_pause_holds_the_end() -> None:
    player = play(give("a"), finally_=[flow_task("Pause", "hold"), give("bye")])
    assert player.state == "PAUSED"
    player.resume()
    assert (player.states()["bye"], player.state) == ("SUCCESS", "SUCCESS")


@pytest.mark.parametrize("failing", [set(), {"a"}])
def test_after_the_execution_a_pause_does_not_bring_it_back(failing: set[str]) -> None:
    player = play(
        give("a"), afterExecution=[flow_task("Pause", "hold", pauseDuration="PT1S"), give("b")], failing=failing
    )
    ended = "FAILED" if failing else "SUCCESS"
    assert player.state == ended
    player.wait()
    assert (player.states()["b"], player.state, player.execution.done) == ("SUCCESS", ended, True)
