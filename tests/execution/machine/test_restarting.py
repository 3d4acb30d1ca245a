"""Restarting in the same execution, and saying that a task run ended otherwise."""

from __future__ import annotations

import pytest

from gitops.execution.events import Created, RestartAsked, TaskRunMarked, TurnedAway
from gitops.execution.state import Caller, State
from tests.execution.forest import report
from tests.execution.play import Data, Player, execution_task, flow_task, folder, give, play, run_child
from tests.replacing import replace


def mark(player: Player, name: str, state: State) -> bool:
    return player.give(TaskRunMarked(player.run(name).id, state)).changed


def test_what_failed_runs_again_and_what_had_not_begun_after_it() -> None:
    player = play(give("a"), give("b"), give("c"), failing={"b"})
    player.failing = ()
    player.begun.clear()
    step = player.restart()
    assert (player.begun, player.state) == (["b", "c"], "SUCCESS")
    assert step.answer.state is State.RESTARTED
    assert player.history() == ["CREATED", "RUNNING", "FAILED", "RESTARTED", "RUNNING", "SUCCESS"]
    assert player.history("b") == ["CREATED", "RUNNING", "FAILED", "RESTARTED", "RUNNING", "SUCCESS"]
    assert len(player.run("b").attempts) == 2
    assert player.run("b").message is None


def test_each_restart_counts() -> None:
    player = play(give("a"), failing={"a"})
    for number in (2, 3):
        player.restart()
        assert (player.execution.attempt_number, player.state) == (number, "FAILED")
    assert len(player.run("a").attempts) == 3


def test_outputs_and_message_of_the_execution_are_made_anew() -> None:
    outputs = [{"id": "n", "type": "INT", "value": "{{ outputs.a.value }}"}]
    player = play(give("a", "1"), give("b"), outputs=outputs, failing={"b"})
    assert player.execution.outputs is None
    player.failing = ()
    player.restart()
    assert player.execution.outputs == {"n": 1}


@pytest.mark.parametrize("state", ["SUCCESS", "WARNING"])
def test_without_a_failure_nothing_happens(state: str) -> None:
    player = play(give("a"), execution_task("Exit", "leave", state=state))
    assert not player.give(RestartAsked()).changed
    assert player.state == state


def test_one_that_runs_is_left_alone() -> None:
    player = play(give("a"), slow={"a"})
    assert not player.give(RestartAsked()).changed


def test_one_that_was_turned_away_has_nothing_to_repeat() -> None:
    player = play(give("a"), slow={"a"})
    fresh = Player(player.flow)
    fresh.give(TurnedAway(State.FAILED, "no room"))
    assert not fresh.give(RestartAsked()).changed
    assert fresh.logs == ["no room"]


def test_errors_finally_and_after_execution_run_again() -> None:
    endings: Data = {"errors": [give("sorry")], "finally_": [give("bye")], "afterExecution": [give("after")]}
    player = play(give("a"), failing={"a"}, **endings)
    player.begun.clear()
    player.restart()
    assert player.begun == ["a", "sorry", "bye", "after"]
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert player.begun == ["a", "bye", "after"]
    assert "sorry" not in player.states()
    assert (player.state, player.execution.done) == ("SUCCESS", True)


def test_endings_of_flowables_run_again_too() -> None:
    group = flow_task("Sequential", "group", give("a"), errors=[give("sorry")], finally_=[give("bye")])
    player = play(group, failing={"a"})
    player.failing = ()
    player.restart()
    assert player.states() == {"group": "SUCCESS", "a": "SUCCESS", "bye": "SUCCESS"}
    assert player.history("group") == ["CREATED", "RUNNING", "FAILED", "RUNNING", "SUCCESS"]


def test_a_failure_in_finally_alone_leaves_nothing_to_repeat_among_the_tasks() -> None:
    player = play(give("a"), finally_=[give("bye")], failing={"bye"})
    assert player.state == "FAILED"
    player.failing = ()
    player.restart()
    assert player.states() == {"a": "SUCCESS", "bye": "SUCCESS"}
    assert player.state == "SUCCESS"


def test_an_allowed_failure_is_not_repeated() -> None:
    player = play(flow_task("AllowFailure", "try", give("a")), give("b"), failing={"a", "b"})
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert player.begun == ["b"]
    assert player.states() == {"try": "WARNING", "a": "FAILED", "b": "SUCCESS"}


def test_what_was_killed_runs_again() -> None:
    both = flow_task("Parallel", "both", give("a"), give("b"))
    player = play(both, give("c"), slow={"a"})
    player.kill()
    player.end("a", failed="stopped")
    player.slow = ()
    player.restart()
    assert player.states() == dict.fromkeys(["both", "a", "b", "c"], "SUCCESS")


def test_a_cancelled_one_can_be_restarted() -> None:
    player = play(flow_task("Pause", "hold", pauseDuration="PT1S", behavior="CANCEL"), give("b"))
    player.wait()
    assert player.state == "CANCELLED"
    player.restart()
    assert player.state == "PAUSED"
    player.resume()
    assert player.state == "SUCCESS"


def test_deep_inside_only_the_line_that_failed_is_opened() -> None:
    left = flow_task("Sequential", "left", give("a"), give("b"))
    right = flow_task("Sequential", "right", give("c"))
    player = play(flow_task("Parallel", "both", left, right), failing={"b"})
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert player.begun == ["b"]
    assert "RUNNING" not in player.history("right")[3:]
    assert player.state == "SUCCESS"


def test_a_flowable_that_failed_by_itself_begins_anew() -> None:
    choice = flow_task("If", "choice", condition="{{ vars.on }}", then=[give("yes")])
    player = play(choice)
    assert player.run("choice").message
    player.execution = replace(player.execution, variables={"on": True})
    player.restart()
    assert player.states() == {"choice": "SUCCESS", "yes": "SUCCESS"}
    assert player.run("choice").message is None


def test_who_waits_for_the_end_may_be_another() -> None:
    player = play(give("a"), failing={"a"})
    caller = Caller(execution_id="e", task_run_id="t", attempt=2)
    player.give(RestartAsked(caller))
    assert player.execution.caller == caller


def test_late_news_of_the_time_before_changes_nothing() -> None:
    player = play(give("a"), failing={"a"}, slow={"b"})
    run = player.run("a")
    player.slow = {"a"}
    player.restart()
    assert not player.give(report(run.id, 1, failed=False)).changed
    assert not player.give(Created()).changed
    assert player.states() == {"a": "RUNNING"}


# Marks


def test_a_failure_said_to_be_a_success_lets_the_flow_go_on() -> None:
    player = play(flow_task("Sequential", "group", give("a"), give("b")), give("c"), failing={"a"})
    assert mark(player, "a", State.SUCCESS)
    assert player.states() == dict.fromkeys(["group", "a", "b", "c"], "SUCCESS")
    assert player.history()[2:] == ["FAILED", "RESTARTED", "RUNNING", "SUCCESS"]


def test_a_success_said_to_be_a_failure_fails_the_execution() -> None:
    player = play(give("a"), give("b"), errors=[give("sorry")])
    assert mark(player, "b", State.FAILED)
    assert player.states() == {"a": "SUCCESS", "b": "FAILED", "sorry": "SUCCESS"}
    assert player.state == "FAILED"


def test_a_warning_of_one_of_many_is_seen_in_the_end() -> None:
    player = play(flow_task("Parallel", "both", give("a"), give("b")), failing={"a"})
    mark(player, "a", State.WARNING)
    assert (player.states()["both"], player.state) == ("WARNING", "WARNING")


def test_a_mark_in_one_of_two_failures_leaves_the_other() -> None:
    player = play(flow_task("Parallel", "both", give("a"), give("b")), failing={"a", "b"})
    mark(player, "a", State.SUCCESS)
    assert (player.states(), player.state) == ({"both": "FAILED", "a": "SUCCESS", "b": "FAILED"}, "FAILED")


def test_a_paused_task_run_said_to_have_failed_ends_the_pause() -> None:
    player = play(flow_task("Pause", "hold"), give("next"))
    mark(player, "hold", State.FAILED)
    assert (player.states(), player.state) == ({"hold": "FAILED"}, "FAILED")


def test_a_mark_beside_a_pause_leaves_it_paused() -> None:
    player = play(flow_task("Parallel", "both", flow_task("Pause", "hold"), give("a")), failing={"a"})
    mark(player, "a", State.SUCCESS)
    assert (player.states(), player.state) == ({"both": "RUNNING", "hold": "PAUSED", "a": "SUCCESS"}, "PAUSED")
    player.resume()
    assert player.state == "SUCCESS"


def test_a_mark_beside_a_finally_that_runs_does_not_begin_it_twice() -> None:
    group = flow_task("Sequential", "group", give("a"), finally_=[give("bye")])
    player = play(flow_task("Parallel", "both", flow_task("Pause", "hold"), group), slow={"bye"})
    mark(player, "hold", State.SUCCESS)
    assert player.begun == ["a", "bye"]
    player.end("bye")
    assert player.state == "SUCCESS"


def test_a_task_run_of_an_ending_cannot_be_marked() -> None:
    endings: Data = {"errors": [flow_task("Sequential", "inside", give("deep"))], "finally_": [give("bye")]}
    player = play(give("a"), failing={"a"}, **endings)
    for name in ("inside", "deep", "bye"):
        assert not mark(player, name, State.FAILED)
    assert player.state == "FAILED"


def test_a_child_of_a_working_directory_cannot_be_marked() -> None:
    # Nobody would run what comes after it: the folder is gone.
    player = play(folder(), slow={"folder"})
    run_child(player, "a", failed=True)
    player.end("folder", failed="no")
    assert not mark(player, "a", State.SUCCESS)
    assert mark(player, "folder", State.SUCCESS)
    assert player.state == "SUCCESS"


def test_a_mark_in_a_loop_goes_on_with_its_iteration() -> None:
    player = play(flow_task("ForEach", "each", give("a"), give("b"), values=["x", "y"]), failing={"a[x]"})
    player.failing = ()
    mark(player, "a[x]", State.SUCCESS)
    assert player.states() == {"each": "SUCCESS", **dict.fromkeys(["a[x]", "b[x]", "a[y]", "b[y]"], "SUCCESS")}


def test_one_that_runs_cannot_be_marked() -> None:
    player = play(give("a"), slow={"a"})
    assert not mark(player, "a", State.FAILED)


def test_a_task_run_that_is_not_there_cannot_be_marked() -> None:
    player = play(give("a"))
    assert not player.give(TaskRunMarked("other", State.FAILED)).changed


def test_a_kill_that_is_repeated_kills_what_was_to_be_repeated_beside_it() -> None:
    stop = execution_task("Kill", "stop", runIf="{{ vars.now }}")
    player = play(flow_task("Parallel", "both", stop, give("a"), give("b")), failing={"a", "b"})
    assert player.states() == {"both": "FAILED", "stop": "FAILED", "a": "FAILED", "b": "FAILED"}
    player.execution = replace(player.execution, variables={"now": "1"})
    player.restart()
    assert player.states() == {"both": "KILLED", "stop": "SUCCESS", "a": "KILLED", "b": "KILLED"}
    assert (player.state, player.execution.done) == ("KILLED", True)
