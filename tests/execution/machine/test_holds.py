"""Children that the worker of a task begins: they are made for the attempt that runs, and only once."""

from __future__ import annotations

from gitops.execution.events import AttemptStarted, ChildBegun, PauseAsked
from tests.execution.play import begin_child, flow_task, folder, give, play, run_child


def test_a_child_is_made_with_an_attempt_that_no_other_worker_gets() -> None:
    player = play(folder(), slow={"folder"})
    step = begin_child(player, "folder", "a")
    assert (player.states()["a"], len(player.run("a").attempts), step.effects) == ("CREATED", 1, ())
    assert player.give(AttemptStarted(player.run("a").id, 1)).changed


def test_for_a_task_that_holds_none_nothing_is_made() -> None:
    player = play(flow_task("Sequential", "group", give("a")), slow={"a"})
    for name in ("group", "a"):
        assert not player.give(ChildBegun(player.run(name).id, 1, "a")).changed
    assert not player.give(ChildBegun("other", 1, "a")).changed


def test_for_an_attempt_that_has_ended_nothing_is_made() -> None:
    player = play(folder(), slow={"folder"})
    player.end("folder", failed="no")
    assert not begin_child(player, "folder", "a").changed


def test_for_one_that_is_being_killed_nothing_is_made() -> None:
    player = play(folder(), slow={"folder"})
    player.kill()
    assert not begin_child(player, "folder", "a").changed


def test_in_a_paused_execution_the_worker_goes_on() -> None:
    # What runs goes on to its end, and its children are part of it.
    player = play(folder(), give("next"), slow={"folder"})
    player.give(PauseAsked())
    run_child(player, "a")
    run_child(player, "b")
    player.end("folder")
    assert (player.states(), player.state) == ({"folder": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS"}, "PAUSED")
    player.resume()
    assert player.state == "SUCCESS"


def test_while_its_errors_run_nothing_is_made_among_its_tasks() -> None:
    player = play(folder(errors=[give("sorry")]), slow={"folder", "sorry"})
    player.end("folder", failed="no")
    assert not begin_child(player, "folder", "a").changed
    player.end("sorry")
    assert player.states() == {"folder": "FAILED", "sorry": "SUCCESS"}


def test_a_child_is_made_once_for_an_attempt() -> None:
    player = play(folder(), slow={"folder"})
    begin_child(player, "folder", "a")
    assert not begin_child(player, "folder", "a").changed
    assert list(player.states()) == ["folder", "a"]


def test_news_of_an_attempt_before_makes_nothing() -> None:
    player = play(folder(retry={"type": "constant", "interval": "PT1S", "maxAttempts": 2}), slow={"folder"})
    player.end("folder", failed="no")
    player.wait()
    assert not player.give(ChildBegun(player.run("folder").id, 1, "a")).changed
    assert begin_child(player, "folder", "a").changed


def test_another_attempt_begins_without_the_children_of_the_one_before() -> None:
    player = play(folder(retry={"type": "constant", "interval": "PT1S", "maxAttempts": 2}), slow={"folder"})
    run_child(player, "a")
    player.end("folder", failed="no")
    player.wait()
    assert player.states() == {"folder": "RUNNING"}
    run_child(player, "a")
    run_child(player, "b")
    player.end("folder")
    assert (player.states(), player.state) == ({"folder": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS"}, "SUCCESS")


def test_a_child_that_is_skipped_never_begins() -> None:
    player = play(folder(give("a", runIf="false"), give("b")), slow={"folder"})
    begin_child(player, "folder", "a")
    assert (player.states()["a"], player.run("a").attempts) == ("SKIPPED", ())


def test_a_child_that_lives_ends_with_the_attempt() -> None:
    player = play(folder(), slow={"folder"})
    begin_child(player, "folder", "a")
    player.end("folder", failed="the worker fell over")
    assert player.states() == {"folder": "FAILED", "a": "KILLED"}
