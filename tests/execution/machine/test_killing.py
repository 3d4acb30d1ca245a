"""Killing: what runs is stopped, what has not begun ends at once, parents wait for their children."""

from __future__ import annotations

import pytest

from gitops.execution.effects import CancelAttempt, KillChildren
from gitops.execution.events import AttemptLost, Created, KillAsked, Queued
from gitops.execution.state import State
from tests.execution.forest import new_execution
from tests.execution.play import Player, flow_task, folder, give, play, read_tree
from tests.replacing import replace

RETRY = {"type": "constant", "interval": "PT1H"}


def test_running_work_is_told_to_stop_and_ends_the_kill_with_its_report() -> None:
    player = play(give("a"), give("b"), slow={"a"})
    assert player.kill().answer.state is State.KILLING
    assert CancelAttempt(player.run("a").id, 1) in player.others
    assert (player.states(), player.state) == ({"a": "KILLING"}, "KILLING")
    player.end("a", outputs={"value": "too late"})
    assert (player.states(), player.state, player.execution.done) == ({"a": "KILLED"}, "KILLED", True)
    assert player.history() == ["CREATED", "RUNNING", "KILLING", "KILLED"]


def test_work_that_no_worker_has_begun_ends_at_once() -> None:
    player = Player(read_tree(give("a")))
    player.give_only(Created())
    player.give_only(KillAsked())
    assert (player.states(), player.state) == ({"a": "KILLED"}, "KILLED")
    player.work()
    assert player.begun == []


@pytest.mark.parametrize("state", [State.CREATED, State.QUEUED])
def test_what_has_not_begun_is_killed_without_a_start(state: State) -> None:
    player = Player(read_tree(give("a"), afterExecution=[give("after")]))
    if state is State.QUEUED:
        player.give(Queued())
    player.kill()
    assert (player.states(), player.state, player.execution.done) == ({}, "KILLED", True)


def test_a_scheduled_one_does_not_begin_any_more() -> None:
    player = Player(
        read_tree(give("a")), replace(new_execution(), schedule_date=new_execution().created_at.replace(year=2027))
    )
    player.give(Created())
    player.kill()
    player.wait()
    assert (player.states(), player.state) == ({}, "KILLED")


def test_a_second_kill_changes_nothing() -> None:
    player = play(give("a"), slow={"a"})
    player.kill()
    assert not player.kill().changed
    player.end("a")
    assert not player.kill().changed


def test_a_retry_that_waits_ends_at_once() -> None:
    player = play(give("a", retry=RETRY), failing={"a"})
    player.kill()
    assert (player.states(), player.state) == ({"a": "KILLED"}, "KILLED")
    player.wait()
    assert player.state == "KILLED"


def test_a_failure_while_it_is_killed_is_not_tried_again() -> None:
    player = play(give("a", retry=RETRY), slow={"a"})
    player.kill()
    player.end("a", failed="stopped")
    assert (player.states(), player.timers) == ({"a": "KILLED"}, [])


def test_an_allowed_failure_is_killed_all_the_same() -> None:
    player = play(give("a", allowFailure=True), slow={"a"})
    player.kill()
    player.end("a", failed="stopped")
    assert (player.states(), player.state) == ({"a": "KILLED"}, "KILLED")


def test_a_lost_worker_ends_it_too() -> None:
    player = play(give("a"), slow={"a"})
    player.kill()
    player.give(AttemptLost(player.run("a").id, 1))
    assert player.state == "KILLED"


def test_flowables_wait_for_their_children_from_the_inside_out() -> None:
    inner = flow_task("Parallel", "inner", give("a"), give("b"))
    player = play(flow_task("Sequential", "outer", inner, give("c")), slow={"a", "b"})
    player.kill()
    assert set(player.states().values()) == {"KILLING"}
    player.end("b")
    assert player.states() == {"outer": "KILLING", "inner": "KILLING", "a": "KILLING", "b": "KILLED"}
    player.end("a")
    assert (set(player.states().values()), player.state) == ({"KILLED"}, "KILLED")


def test_what_had_ended_stays_as_it_was() -> None:
    player = play(give("a"), flow_task("Sequential", "group", give("b"), give("c")), slow={"c"})
    player.kill()
    player.end("c")
    assert player.states() == {"a": "SUCCESS", "group": "KILLED", "b": "SUCCESS", "c": "KILLED"}


def test_errors_and_finally_that_run_are_stopped() -> None:
    for endings in ({"errors": [give("ending")]}, {"finally_": [give("ending"), give("never")]}):
        player = play(flow_task("Sequential", "group", give("a"), **endings), failing={"a"}, slow={"ending"})
        player.kill()
        player.end("ending")
        assert player.states() == {"group": "KILLED", "a": "FAILED", "ending": "KILLED"}


def test_errors_do_not_run_after_it_and_after_execution_does() -> None:
    player = play(
        give("a"), errors=[give("sorry")], afterExecution=[give("after", "{{ execution.state }}")], slow={"a"}
    )
    player.kill()
    player.end("a", failed="stopped")
    assert player.states() == {"a": "KILLED", "after": "SUCCESS"}
    assert player.outputs("after") == {"value": "KILLED"}


def test_finally_does_not_run_after_it() -> None:
    # The reference knows both; nothing new begins while an execution is being killed.
    player = play(give("a"), finally_=[give("bye")], slow={"a"})
    player.kill()
    player.end("a")
    assert player.states() == {"a": "KILLED"}


def test_while_after_execution_runs_there_is_nothing_to_kill() -> None:
    player = play(give("a"), afterExecution=[give("after")], slow={"after"})
    assert not player.kill().changed
    player.end("after")
    assert (player.state, player.execution.done) == ("SUCCESS", True)


def test_a_kill_of_a_paused_one() -> None:
    player = play(give("a"), flow_task("Pause", "hold"))
    player.kill()
    assert (player.states(), player.state) == ({"a": "SUCCESS", "hold": "KILLED"}, "KILLED")


@pytest.mark.parametrize("cascade", [True, False])
def test_executions_that_were_called_are_killed_when_it_cascades(*, cascade: bool) -> None:
    player = play(give("a"), slow={"a"})
    player.kill(cascade=cascade)
    assert (KillChildren() in player.others) == cascade


def test_calls_in_a_parallel_are_waited_for() -> None:
    calls = [flow_task("Subflow", name, namespace="a", flowId="b") for name in ("one", "two")]
    player = play(flow_task("Parallel", "both", *calls))
    player.call_created(0)
    player.call_created(1)
    player.call_ended(State.SUCCESS, number=0)
    player.kill()
    assert player.states() == {"both": "KILLING", "one": "SUCCESS", "two": "KILLING"}
    player.call_ended(State.KILLED, number=1)
    assert player.states() == {"both": "KILLED", "one": "SUCCESS", "two": "KILLED"}


def test_a_folder_without_children_is_killed_by_its_report() -> None:
    player = play(folder(), slow={"folder"})
    player.kill()
    assert player.states() == {"folder": "KILLING"}
    player.end("folder", failed="stopped")
    assert (player.states(), player.state) == ({"folder": "KILLED"}, "KILLED")
