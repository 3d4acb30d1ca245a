"""The task runs of a task that runs its children itself: made once, ended with its attempt, made anew with the next."""

from __future__ import annotations

from gitops.execution.effects import CancelAttempt
from gitops.execution.events import AttemptFailed, AttemptStarted, AttemptSucceeded
from tests.execution.play import Player, begin_child, folder, give, play

AGAIN = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}


def running(**more: object) -> Player:
    """A WorkingDirectory whose first task runs."""
    player = play(folder(give("a"), give("b"), **more), slow=["folder", "a", "b"])
    player.give_only(AttemptStarted(player.run("folder").id, 1))
    begin_child(player, "folder", "a")
    player.give_only(AttemptStarted(player.run("a").id, 1))
    return player


def test_a_child_that_is_told_of_twice_is_made_once() -> None:
    player = running()
    before = player.run("a")
    assert not begin_child(player, "folder", "a").changed
    assert player.run("a") is before


def test_a_child_ends_with_the_attempt_that_ran_it() -> None:
    player = running(errors=[give("sorry")])
    step = player.give_only(AttemptFailed(player.run("folder").id, 1, "Timeout after 00:00:01.000"))
    child = player.run("a")
    assert CancelAttempt(child.id, 1) in step.effects
    assert player.states() | {"sorry": ""} == {"folder": "RUNNING", "a": "KILLED", "sorry": ""}
    player.work()
    assert player.states() == {"folder": "FAILED", "a": "KILLED", "sorry": "SUCCESS"}


def test_the_next_attempt_begins_with_no_children_and_takes_no_report_of_the_old_ones() -> None:
    player = running(retry=AGAIN)
    old = player.run("a")
    player.give_only(AttemptFailed(player.run("folder").id, 1, "Timeout after 00:00:01.000"))
    player.wait()
    player.give_only(AttemptStarted(player.run("folder").id, 2))
    assert player.states() == {"folder": "RUNNING"}
    begin_child(player, "folder", "a")
    player.give_only(AttemptStarted(old.id, 1))
    late = AttemptSucceeded(old.id, 1, began=old.attempts[-1].started_at)
    assert not player.give_only(late).changed
    assert player.run("a").state == "RUNNING"
