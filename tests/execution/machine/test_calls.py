"""Calls as the machine keeps count of them; what they mean for a task is with the tests of Subflow and ForEachItem."""

from __future__ import annotations

import pytest

from gitops.execution.effects import RestartChild
from gitops.execution.events import AttemptLost, ChildCreated, ChildEnded, ChildGone, ChildRefused, PauseAsked
from gitops.execution.state import State
from tests.execution.play import Player, flow_task, give, play


def called() -> Player:
    return play(flow_task("Subflow", "call", namespace="a", flowId="b"))


def restarted() -> Player:
    """A call whose execution has failed, in its second try."""
    player = called()
    player.call_created()
    player.call_ended(State.FAILED)
    player.restart()
    assert isinstance(player.others[-1], RestartChild)
    return player


def test_an_execution_that_was_deleted_is_called_for_anew() -> None:
    player = restarted()
    run = player.run("call")
    player.give(ChildGone(run.id, 2))
    assert [call.caller.attempt for call in player.calls] == [1, 2]
    assert player.outputs("call") is None
    player.call_created()
    player.call_ended(State.SUCCESS, {"n": 1})
    assert player.state == "SUCCESS"


def test_a_restart_that_is_refused_fails_the_task() -> None:
    player = restarted()
    player.give(ChildRefused(player.run("call").id, 2, 0, "it runs"))
    assert (player.states(), player.run("call").message) == ({"call": "FAILED"}, "it runs")


def test_news_of_another_attempt_changes_nothing() -> None:
    player = restarted()
    id_ = player.run("call").id
    for old in (
        ChildCreated(id_, 1, 0, "child"),
        ChildEnded(id_, 1, 0, "child", State.SUCCESS),
        ChildRefused(id_, 1, 0, "no"),
        ChildGone(id_, 1),
        ChildGone("other", 1),
    ):
        assert not player.give(old).changed


def test_news_of_a_call_that_has_ended_changes_nothing() -> None:
    player = called()
    player.call_created()
    player.call_ended()
    assert not player.call_ended(State.FAILED).changed
    assert not player.call_created().changed
    assert player.state == "SUCCESS"


def test_the_attempt_has_the_times_of_the_call() -> None:
    player = called()
    player.call_created()
    begun = player.now
    player.call_ended()
    (attempt,) = player.run("call").attempts
    assert (attempt.state, attempt.ended_at) == (State.SUCCESS, player.now)
    assert attempt.started_at
    assert attempt.started_at < begun


def test_of_a_failed_execution_the_attempt_has_a_message() -> None:
    player = called()
    player.call_created()
    player.call_ended(State.FAILED)
    assert player.run("call").message == "what was called has failed"


def test_one_that_is_being_killed_calls_for_nothing_any_more() -> None:
    player = restarted()
    player.kill()
    player.give(ChildGone(player.run("call").id, 2))
    assert (player.states(), player.state, len(player.calls)) == ({"call": "KILLED"}, "KILLED", 1)


def test_a_restart_shows_nothing_of_the_call_before() -> None:
    player = restarted()
    assert (player.outputs("call"), player.states()) == (None, {"call": "RUNNING"})
    assert [attempt.number for attempt in player.run("call").attempts] == [1, 2]


def test_a_child_that_begins_only_after_a_kill_is_waited_for() -> None:
    player = called()
    player.kill()
    player.call_created()
    assert (player.states(), player.state) == ({"call": "KILLING"}, "KILLING")
    player.call_ended(State.SUCCESS)
    assert (player.states(), player.state) == ({"call": "KILLED"}, "KILLED")


@pytest.mark.parametrize("state", [State.FAILED, State.KILLED, State.CANCELLED])
def test_with_errors_the_flow_hears_how_a_call_ended(state: State) -> None:
    player = play(flow_task("Subflow", "call", namespace="a", flowId="b"), errors=[give("sorry")])
    player.call_created()
    player.call_ended(state)
    assert ("sorry" in player.states()) == (state is State.FAILED)


def test_a_lost_worker_is_none_of_a_call() -> None:
    player = called()
    player.call_created()
    assert not player.give(AttemptLost(player.run("call").id, 1)).changed


def test_a_call_in_a_paused_execution_goes_on_and_what_follows_it_waits() -> None:
    player = play(flow_task("Subflow", "call", namespace="a", flowId="b"), give("next"))
    player.call_created()
    player.give(PauseAsked())
    player.call_ended()
    assert (player.states(), player.state) == ({"call": "SUCCESS"}, "PAUSED")
    player.resume()
    assert (player.states()["next"], player.state) == ("SUCCESS", "SUCCESS")


def test_labels_of_the_service_are_handed_on_in_any_case() -> None:
    player = play(
        flow_task("Subflow", "call", namespace="a", flowId="b", labels={"k": "own"}),
        labels=(("system.correlationId", "1"), ("k", "v"), ("other", "o")),
    )
    assert dict(player.calls[0].labels) == {"system.correlationId": "1", "k": "own"}
