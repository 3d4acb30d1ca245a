"""Service level agreements: what breaks them, and what happens then."""

from __future__ import annotations

from typing import Any

import pytest

from gitops.execution.effects import CancelAttempt, KillChildren, Purpose
from gitops.execution.events import PauseAsked, Queued, TimerFired, Unqueued
from tests.execution.play import Data, Player, execution_task, flow_task, give, play, read_tree


def longest(behavior: str, **more: Any) -> dict[str, Any]:
    return {"id": "time", "type": "MAX_DURATION", "duration": "PT1H", "behavior": behavior, **more}


def assertion(behavior: str, text: str = "{{ outputs.a.value == 'fine' }}", **more: Any) -> dict[str, Any]:
    return {"id": "check", "type": "EXECUTION_ASSERTION", "assert": text, "behavior": behavior, **more}


@pytest.mark.parametrize(("behavior", "state"), [("FAIL", "FAILED"), ("CANCEL", "CANCELLED")])
def test_one_that_takes_too_long_is_ended(behavior: str, state: str) -> None:
    player = play(flow_task("Sequential", "group", give("a"), give("b")), sla=[longest(behavior)], slow={"b"})
    assert player.wait().total_seconds() == pytest.approx(3_600, abs=1)
    assert (player.states(), player.state) == ({"group": "KILLING", "a": "SUCCESS", "b": "KILLING"}, "KILLING")
    assert CancelAttempt(player.run("b").id, 1) in player.others
    assert KillChildren() not in player.others
    player.end("b", failed="stopped")
    assert (player.states(), player.state) == ({"group": state, "a": "SUCCESS", "b": state}, state)
    assert "SLA `time` is broken" in player.logs


def test_none_only_says_so_and_adds_labels() -> None:
    sla = [longest("NONE", labels={"sla": "missed", "own": "new"})]
    player = play(give("a"), sla=sla, slow={"a"}, labels=(("own", "old"), ("other", "kept")))
    player.wait()
    assert (player.states(), player.state) == ({"a": "RUNNING"}, "RUNNING")
    assert dict(player.execution.labels) == {"own": "new", "other": "kept", "sla": "missed"}
    assert player.logs == ["SLA `time` is broken"]
    player.end("a")
    assert player.state == "SUCCESS"


def test_labels_may_be_a_list() -> None:
    player = play(give("a"), sla=[longest("FAIL", labels=[{"key": "sla", "value": "missed"}])], slow={"a"})
    player.wait()
    assert player.execution.labels == (("sla", "missed"),)


def test_one_that_has_ended_in_time_is_left_alone() -> None:
    player = play(give("a"), sla=[longest("FAIL")])
    player.wait()
    assert (player.state, player.logs) == ("SUCCESS", [])


def test_a_paused_one_takes_time_too() -> None:
    player = play(flow_task("Pause", "hold"), sla=[longest("CANCEL")])
    player.wait()
    assert (player.states(), player.state) == ({"hold": "CANCELLED"}, "CANCELLED")


def test_one_that_was_paused_by_hand_too() -> None:
    player = play(give("a"), sla=[longest("FAIL")], slow={"a"})
    player.give(PauseAsked())
    player.wait()
    player.end("a", failed="stopped")
    assert player.state == "FAILED"


def test_the_time_in_the_queue_does_not_count() -> None:
    player = Player(read_tree(give("a"), sla=[longest("FAIL")]), slow={"a"})
    player.give(Queued())
    assert player.timers == []
    player.give(Unqueued())
    assert [timer.purpose for timer in player.timers] == [Purpose.SLA]


def test_a_restart_takes_time_of_its_own() -> None:
    player = play(give("a"), sla=[longest("FAIL")], failing={"a"})
    player.wait(1_800)
    player.failing, player.slow = (), {"a"}
    player.restart()
    (old, new) = player.timers
    player.timers = [new]
    player.now = old.at
    player.give(TimerFired(old.purpose, old.subject, old.number))
    assert player.state == "RUNNING", "the time of the first run is over, not that of the restart"
    player.wait()
    assert player.state == "KILLING"


def test_a_condition_must_hold_at_every_change() -> None:
    player = play(give("a", "wrong"), give("b"), sla=[assertion("FAIL", "{{ (outputs.a.value ?? 'fine') == 'fine' }}")])
    assert player.state == "FAILED"
    assert "SLA `check` is broken" in player.logs
    assert "b" not in [name for name in player.begun if name == "b" and player.states()["b"] == "SUCCESS"]
    assert (
        play(give("a", "fine"), sla=[assertion("FAIL", "{{ (outputs.a.value ?? 'fine') == 'fine' }}")]).state
        == "SUCCESS"
    )


def test_only_the_first_that_is_broken_acts() -> None:
    broken = "{{ outputs.a is not defined }}"
    sla = [
        assertion("CANCEL", broken, labels={"first": "1"}),
        {**assertion("FAIL", broken, labels={"second": "2"}), "id": "x"},
    ]
    player = play(give("a"), give("b"), sla=sla)
    assert player.state == "CANCELLED"
    assert player.execution.labels == (("first", "1"),)


@pytest.mark.parametrize("ending", ["errors", "finally_"])
def test_one_that_only_says_so_says_it_once(ending: str) -> None:
    sla = [assertion("NONE", "{{ outputs.a is not defined }}")]
    endings: Data = {ending: [give("d"), give("e")]}
    player = play(give("a"), give("b"), give("c"), sla=sla, failing={"c"}, **endings)
    assert player.logs.count("SLA `check` is broken") == 1


def test_one_that_cannot_be_evaluated_is_not_broken() -> None:
    player = play(give("a"), sla=[assertion("FAIL", "{{ outputs.nothing.at.all }}")])
    assert player.state == "SUCCESS"
    assert any("SLA `check` cannot be evaluated" in line for line in player.logs)


def test_it_sees_labels_and_variables_of_the_execution() -> None:
    text = "{{ labels.stop != 'now' }}"
    player = play(execution_task("Labels", "mark", labels={"stop": "now"}), give("b"), sla=[assertion("CANCEL", text)])
    assert player.state == "CANCELLED"


def test_what_has_ended_is_not_looked_at() -> None:
    text = "{{ execution.state != 'SUCCESS' }}"
    player = play(give("a"), afterExecution=[give("after")], sla=[assertion("FAIL", text)])
    assert (player.state, player.execution.done) == ("SUCCESS", True)
