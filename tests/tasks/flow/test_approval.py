"""Approval: a reviewer decides how the execution goes on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.execution.play import Data, Player, flow_task, give, play

BRANCHES = {"onWait": [give("ask")], "onApprove": [give("yes")], "onDeny": [give("no")]}


def review(**more: object) -> Data:
    return flow_task("Approval", "review", **{**BRANCHES, **more})


def decided(player: Player, decision: str | None, **more: Any) -> Player:
    player.resume(decision=decision, **more)
    return player


def test_it_waits_after_its_first_tasks() -> None:
    player = play(review())
    assert (player.states(), player.state) == ({"review": "PAUSED", "ask": "SUCCESS"}, "PAUSED")
    assert player.outputs("review") == {"auto": False}


def test_an_approval_runs_its_tasks_and_the_flow_goes_on() -> None:
    player = decided(play(review(), give("next")), "APPROVED", by="ada", comment="fine", inputs={"a": 1})
    assert player.states() == {"review": "SUCCESS", "ask": "SUCCESS", "yes": "SUCCESS", "next": "SUCCESS"}
    outputs = player.outputs("review") or {}
    assert {name: outputs[name] for name in ("decision", "auto", "by", "comment", "inputs")} == {
        "decision": "APPROVED",
        "auto": False,
        "by": "ada",
        "comment": "fine",
        "inputs": {"a": 1},
    }


def test_a_denial_runs_its_tasks_and_cancels_the_execution() -> None:
    player = decided(play(review(), give("next")), "DENIED")
    assert player.states() == {"review": "CANCELLED", "ask": "SUCCESS", "no": "SUCCESS"}
    assert ((player.outputs("review") or {})["decision"], player.state) == ("DENIED", "CANCELLED")


@pytest.mark.parametrize(
    ("behavior", "state"),
    [
        ("CONTINUE", "SUCCESS"),
        ("WARN", "WARNING"),
        ("FAIL", "FAILED"),
        ("SUCCEED", "SUCCESS"),
        ("CANCEL", "CANCELLED"),
        ("KILL", "KILLED"),
        ("{{ 'WARN' }}", "WARNING"),
    ],
)
@pytest.mark.parametrize("way", ["approveBehavior", "denyBehavior", "expireBehavior"])
def test_how_the_execution_goes_on(way: str, behavior: str, state: str) -> None:
    player = play(review(**{way: behavior}, timeout="PT1M"), give("next"))
    if way == "expireBehavior":
        player.wait()
    else:
        decided(player, "APPROVED" if way == "approveBehavior" else "DENIED")
    assert player.state == state
    assert ("next" in player.states()) == (behavior in ("CONTINUE", "WARN", "{{ 'WARN' }}"))
    ran = {"approveBehavior": "yes", "denyBehavior": "no"}.get(way)
    assert {name for name in ("yes", "no") if name in player.states()} == ({ran} if ran else set())


def test_after_its_time_it_has_expired() -> None:
    player = play(review(timeout="PT1H"))
    begun = player.run("review").moments[-1].at
    assert str((player.outputs("review") or {})["due"]) == str(begun.replace(hour=1))
    player.wait()
    assert ((player.outputs("review") or {})["decision"], player.state) == ("EXPIRED", "CANCELLED")


@pytest.mark.parametrize("way", ["approveBehavior", "expireBehavior"])
def test_a_behavior_that_is_none_fails_it(way: str) -> None:
    player = play(review(**{way: "{{ 'SHRUG' }}"}, autoApprove=True, timeout="PT1M"))
    if way == "expireBehavior":
        player = play(review(**{way: "{{ 'SHRUG' }}"}, timeout="PT1M"))
    assert (player.states()["review"], player.state) == ("FAILED", "FAILED")
    assert player.run("review").message == (
        "expected one of CONTINUE, WARN, FAIL, SUCCEED, CANCEL, KILL, found `SHRUG`"
    )


@pytest.mark.parametrize("auto", [True, "{{ 1 == 1 }}"])
def test_it_may_approve_by_itself(auto: object) -> None:
    player = play(review(autoApprove=auto), give("next"))
    assert player.states() == {"review": "SUCCESS", "ask": "SUCCESS", "yes": "SUCCESS", "next": "SUCCESS"}
    outputs = player.outputs("review") or {}
    assert (outputs["decision"], outputs["auto"]) == ("APPROVED", True)
    assert "PAUSED" not in player.history()


def test_without_branches_the_decision_is_all() -> None:
    assert decided(play(flow_task("Approval", "review")), "APPROVED").state == "SUCCESS"
    assert decided(play(flow_task("Approval", "review")), "DENIED").state == "CANCELLED"


def test_a_resume_without_a_decision_approves() -> None:
    player = decided(play(review()), None)
    assert (player.states()["yes"], (player.outputs("review") or {})["decision"]) == ("SUCCESS", "APPROVED")


def test_a_failure_in_a_branch_fails_it_whatever_was_decided() -> None:
    player = play(review(denyBehavior="CONTINUE", errors=[give("sorry")]), failing={"no"})
    decided(player, "DENIED")
    assert (player.states()["review"], player.states()["sorry"], player.state) == ("FAILED", "SUCCESS", "FAILED")


def test_a_restart_after_a_denial_asks_again() -> None:
    player = decided(play(review(onDeny=[])), "DENIED")
    player.restart()
    assert player.state == "PAUSED"
    assert decided(player, "APPROVED").state == "SUCCESS"


def test_a_restart_repeats_what_failed_in_the_branch_that_was_chosen() -> None:
    player = decided(play(review(denyBehavior="CONTINUE"), failing={"no"}), "DENIED")
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert (player.begun, player.state) == (["no"], "SUCCESS")


def test_a_kill_while_it_waits() -> None:
    player = play(review())
    player.kill()
    assert (player.states(), player.state) == ({"review": "KILLED", "ask": "SUCCESS"}, "KILLED")
