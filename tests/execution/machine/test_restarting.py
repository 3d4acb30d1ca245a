"""Restarting in the same execution, and saying that a task run ended otherwise."""

from __future__ import annotations

import pytest

from gitops.execution.effects import CancelAttempt, KillChildren
from gitops.execution.events import (
    AttemptFailed,
    Created,
    PauseAsked,
    RestartAsked,
    TaskRunMarked,
    TimerFired,
    TurnedAway,
)
from gitops.execution.state import Caller, State
from tests.execution.forest import report
from tests.execution.play import Data, Player, begin_child, execution_task, flow_task, folder, give, play, run_child
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
    outputs = [{"id": "n", "type": "STRING", "value": "{{ tasks.b.state }}"}]
    player = play(give("a", "1"), give("b"), outputs=outputs, failing={"b"})
    assert player.execution.outputs == {"n": "FAILED"}
    player.failing, player.slow = (), {"b"}
    player.restart()
    assert player.execution.outputs is None
    player.end("b")
    assert player.execution.outputs == {"n": "SUCCESS"}


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


# Of what is paused


def hold(*more: Data, **properties: object) -> Data:
    return flow_task("Parallel", "both", flow_task("Pause", "hold", **properties), *more)


def test_in_a_paused_one_what_failed_runs_again_and_what_is_held_waits_anew() -> None:
    player = play(hold(give("a"), give("b"), give("c")), give("next"), failing={"a"}, slow={"c"})
    player.failing = ()
    player.begun.clear()
    step = player.restart()
    assert step.answer.state is State.RESTARTED
    assert (player.begun, player.execution.attempt_number) == (["a"], 2)
    assert (player.states()["hold"], player.states()["c"], player.state) == ("PAUSED", "RUNNING", "PAUSED")
    assert player.history()[-4:] == ["PAUSED", "RESTARTED", "RUNNING", "PAUSED"]
    player.end("c")
    player.resume()
    assert player.states() == dict.fromkeys(["both", "hold", "a", "b", "c", "next"], "SUCCESS")


def test_what_waits_for_a_worker_since_an_earlier_restart_is_asked_for_once() -> None:
    player = play(hold(give("a")), failing={"a"})
    for _ in range(2):
        player.give_only(RestartAsked())
    assert [attempt.number for attempt in player.run("a").attempts] == [1, 2]
    player.failing = ()
    player.work()
    assert player.states() == {"both": "RUNNING", "hold": "PAUSED", "a": "SUCCESS"}


def test_the_time_of_a_pause_begins_anew() -> None:
    player = play(hold(pauseDuration="PT1M"))
    (before,) = player.timers
    player.wait(30)
    player.restart()
    assert not player.give(TimerFired(before.purpose, before.subject, before.number)).changed
    player.timers.remove(before)
    assert player.wait().total_seconds() == pytest.approx(60, abs=1)
    assert player.state == "SUCCESS"


def test_what_ran_before_a_pause_does_not_run_again() -> None:
    player = play(flow_task("Pause", "hold", onPause=give("tell")))
    player.restart()
    assert (player.begun, player.state) == (["tell"], "PAUSED")


def test_a_wait_between_two_iterations_is_over() -> None:
    loop = flow_task("LoopUntil", "loop", give("a"), condition="{{ vars.enough }}", checkFrequency={"interval": "PT1H"})
    player = play(loop, variables={"enough": False})
    assert player.state == "PAUSED"
    player.execution = replace(player.execution, variables={"enough": True})
    player.restart()
    assert (player.states(), player.state) == ({"loop": "SUCCESS", "a[0]": "SUCCESS"}, "SUCCESS")


def test_errors_that_hold_a_pause_are_forgotten_and_their_work_is_stopped() -> None:
    sorry = flow_task("Parallel", "sorry", flow_task("Pause", "ask"), give("slow"))
    player = play(flow_task("Sequential", "group", give("a"), errors=[sorry]), failing={"a"}, slow={"slow"})
    slow = player.run("slow")
    player.failing = ()
    player.restart()
    assert (player.states(), player.state) == ({"group": "SUCCESS", "a": "SUCCESS"}, "SUCCESS")
    assert CancelAttempt(slow.id, 1) in player.others


def test_in_a_finally_a_pause_waits_anew_and_nothing_before_it_runs_again() -> None:
    player = play(give("a"), finally_=[give("bye"), flow_task("Pause", "hold")])
    player.restart()
    assert (player.begun, player.state) == (["a", "bye"], "PAUSED")
    player.resume()
    assert player.state == "SUCCESS"


def test_who_called_a_paused_one_still_waits_for_it() -> None:
    player = play(hold())
    caller = Caller(execution_id="e", task_run_id="t", attempt=1)
    player.execution = replace(player.execution, caller=caller)
    player.restart()
    assert player.execution.caller == caller


def test_one_that_somebody_paused_is_restarted_for_what_failed_only() -> None:
    both = flow_task("Parallel", "both", give("a"), give("b"))
    player = play(both, failing={"a"}, slow={"b"})
    player.give(PauseAsked())
    player.failing = ()
    player.restart()
    assert (player.states()["a"], player.states()["b"], player.state) == ("SUCCESS", "RUNNING", "RUNNING")
    player.give(PauseAsked())
    assert not player.give(RestartAsked()).changed


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


def test_a_mark_of_one_that_runs_beside_a_pause_stops_its_worker() -> None:
    player = play(hold(give("a")), slow={"a"})
    id_ = player.run("a").id
    assert mark(player, "a", State.SUCCESS)
    assert CancelAttempt(id_, 1) in player.others
    assert not player.give(AttemptFailed(id_, 1, "stopped")).changed
    player.resume()
    assert player.states() == {"both": "SUCCESS", "hold": "SUCCESS", "a": "SUCCESS"}


def test_a_mark_of_a_folder_beside_a_pause_stops_its_worker_and_ends_its_children() -> None:
    player = play(hold(folder()), slow={"folder"})
    begin_child(player, "folder", "a")
    mark(player, "folder", State.SUCCESS)
    assert CancelAttempt(player.run("folder").id, 1) in player.others
    assert (player.states()["folder"], player.states()["a"]) == ("SUCCESS", "KILLED")


def test_a_mark_of_a_group_beside_a_pause_stops_all_that_works_in_it() -> None:
    player = play(hold(flow_task("Parallel", "group", give("a"), give("b"))), slow={"a", "b"})
    mark(player, "group", State.SUCCESS)
    assert [effect for effect in player.others if isinstance(effect, CancelAttempt)] == [
        CancelAttempt(player.run(name).id, 1) for name in ("a", "b")
    ]


def test_a_mark_of_a_call_beside_a_pause_kills_what_it_called() -> None:
    player = play(hold(flow_task("Subflow", "call", namespace="a", flowId="b")))
    player.call_created()
    mark(player, "call", State.SUCCESS)
    assert KillChildren(player.run("call").id) in player.others
    player.resume()
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
