"""Dag: a child begins once all that it depends on has ended."""

from __future__ import annotations

from typing import Any

from gitops.execution.machine.replaying import from_task_run
from gitops.execution.state import State
from tests.execution.forest import BEGIN
from tests.execution.play import Player, flow_task, give, play


def dag(*tasks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**flow_task("Dag", "dag", **more), "tasks": list(tasks)}


def on(task_id: str, *others: str, **more: Any) -> dict[str, Any]:
    return {"task": give(task_id, **more), "dependsOn": list(others)}


#     a ─ b ─┐
#     └── c ─┴─ d     e
DIAMOND = [on("d", "b", "c"), on("b", "a"), on("c", "a"), on("a"), on("e")]


def test_each_child_begins_when_its_dependencies_have_ended() -> None:
    player = play(dag(*DIAMOND), slow=set("abcde"))
    assert list(player.states()) == ["dag", "a", "e"]
    player.end("a")
    assert list(player.states()) == ["dag", "a", "e", "b", "c"]
    player.end("c")
    assert "d" not in player.states()
    player.end("b")
    assert player.states()["d"] == "RUNNING"
    player.end("e")
    player.end("d")
    assert player.state == "SUCCESS"


def test_concurrency_holds_children_back_that_could_begin() -> None:
    player = play(dag(on("a"), on("b"), on("c", "a"), concurrent=1), slow=set("abc"))
    assert list(player.states()) == ["dag", "a"]
    player.end("a")
    assert list(player.states()) == ["dag", "a", "b"]
    player.end("b")
    player.end("c")
    assert player.state == "SUCCESS"


def test_a_skipped_dependency_has_ended() -> None:
    player = play(dag(on("a", runIf="false"), on("b", "a")))
    assert player.states() == {"dag": "SUCCESS", "a": "SKIPPED", "b": "SUCCESS"}


def test_a_disabled_dependency_is_not_waited_for() -> None:
    assert play(dag(on("a", disabled=True), on("b", "a"))).states() == {"dag": "SUCCESS", "b": "SUCCESS"}


def test_a_failure_switches_to_the_errors() -> None:
    player = play(dag(*DIAMOND, errors=[give("sorry")]), failing="b", slow="e")
    assert player.states() == {"dag": "RUNNING", **dict.fromkeys("ac", "SUCCESS"), "e": "RUNNING", "b": "FAILED"}
    player.end("e")
    assert player.states()["sorry"] == "SUCCESS"
    assert "d" not in player.states()
    assert player.state == "FAILED"


def test_an_allowed_failure_lets_those_that_depend_on_it_run() -> None:
    player = play(dag(on("a", allowFailure=True), on("b", "a")), failing="a")
    assert player.states() == {"dag": "WARNING", "a": "WARNING", "b": "SUCCESS"}


def test_a_restart_goes_on_behind_what_failed() -> None:
    player = play(dag(*DIAMOND), failing="b")
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert player.begun == ["b", "d"]
    assert player.state == "SUCCESS"


def test_a_replay_from_a_child_drops_only_what_depends_on_it() -> None:
    player = play(dag(*DIAMOND))
    chosen = player.run("b").id
    made = from_task_run(player.flow, player.execution, chosen, new_id="again", now=BEGIN, revision=1)
    again = Player(player.flow, made)
    assert again.states() == {"dag": "RUNNING", "a": "SUCCESS", "e": "SUCCESS", "b": "RESTARTED", "c": "SUCCESS"}
    again.begin()
    assert again.begun == ["b", "d"]
    assert again.execution.state is State.SUCCESS
