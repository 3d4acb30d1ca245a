"""How an execution begins: at once, at its date, from the queue, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.execution.effects import Purpose, SetTimer
from gitops.execution.events import Created, ForceRunAsked, Queued, StateChanged, TurnedAway, Unqueued
from gitops.execution.state import State
from tests.execution.forest import BEGIN, new_execution
from tests.execution.play import Player, give, play, read_tree
from tests.replacing import replace

FLOW = read_tree(give("a"), afterExecution=[give("after")], errors=[give("sorry")])


def scheduled(wait: timedelta) -> Player:
    return Player(FLOW, replace(new_execution(), schedule_date=BEGIN + wait))


def test_at_once() -> None:
    player = Player(FLOW).begin()
    assert (player.state, player.states()) == ("SUCCESS", {"a": "SUCCESS", "after": "SUCCESS"})
    assert player.announced == [State.RUNNING, State.SUCCESS]
    assert not player.give(Created()).changed


def test_at_its_date() -> None:
    player = scheduled(timedelta(hours=1)).begin()
    assert (player.state, player.timers) == ("CREATED", [SetTimer(BEGIN + timedelta(hours=1), Purpose.START)])
    player.wait()
    assert player.state == "SUCCESS"


def test_a_date_that_is_past_is_now() -> None:
    assert scheduled(-timedelta(days=1)).begin().state == "SUCCESS"


def test_a_force_run_does_not_wait_for_the_date() -> None:
    player = scheduled(timedelta(hours=1)).begin()
    player.give(ForceRunAsked())
    assert player.state == "SUCCESS"
    player.wait()
    assert player.history() == ["CREATED", "RUNNING", "SUCCESS"]


def test_out_of_the_queue() -> None:
    player = Player(FLOW)
    player.give(Queued())
    assert (player.state, player.states()) == ("QUEUED", {})
    player.give(Unqueued())
    assert player.history() == ["CREATED", "QUEUED", "RUNNING", "SUCCESS"]
    assert not player.give(Unqueued()).changed


@pytest.mark.parametrize("state", [State.CANCELLED, State.FAILED])
def test_out_of_the_queue_into_an_end(state: State) -> None:
    player = Player(FLOW)
    player.give(Queued())
    player.give(Unqueued(state))
    assert (player.execution.state, player.states(), player.execution.done) == (state, {}, True)


def test_a_force_run_leaves_the_queue() -> None:
    player = Player(FLOW)
    player.give(Queued())
    player.give(ForceRunAsked())
    assert player.state == "SUCCESS"


def test_a_force_run_of_one_that_runs_or_has_ended_changes_nothing() -> None:
    player = play(give("a"), slow={"a"})
    assert not player.give(ForceRunAsked()).changed
    player.end("a")
    assert not player.give(ForceRunAsked()).changed


@pytest.mark.parametrize("state", [State.CANCELLED, State.FAILED])
@pytest.mark.parametrize("queued", [True, False])
def test_turned_away_it_ends_without_a_task_run(state: State, *, queued: bool) -> None:
    player = Player(FLOW)
    if queued:
        player.give(Queued())
    player.give(TurnedAway(state, "no room"))
    assert (player.execution.state, player.states(), player.execution.done) == (state, {}, True)
    assert (player.execution.message, player.logs) == ("no room", ["no room"])


def test_one_that_has_begun_is_neither_queued_nor_turned_away() -> None:
    player = play(give("a"), slow={"a"})
    assert not player.give(Queued()).changed
    assert not player.give(TurnedAway(State.FAILED, "no room")).changed


def test_an_ended_one_may_be_said_to_have_ended_otherwise() -> None:
    player = play(give("a"))
    assert player.give(StateChanged(State.WARNING)).changed
    assert (player.state, player.states()) == ("WARNING", {"a": "SUCCESS"})
    assert not player.give(StateChanged(State.WARNING)).changed
    assert not player.give(StateChanged(State.RUNNING)).changed


def test_one_that_runs_keeps_its_state() -> None:
    player = play(give("a"), slow={"a"})
    assert not player.give(StateChanged(State.SUCCESS)).changed
