"""Pause: the execution is held until somebody resumes it or the time is over."""

from __future__ import annotations

import pytest

from gitops.execution.state import State
from tests.execution.play import Data, flow_task, give, play

WAIT_A_MINUTE = {"pauseDuration": "PT1M"}


def pause(**more: object) -> Data:
    return flow_task("Pause", "hold", **more)


def test_it_pauses_the_execution_until_it_is_resumed() -> None:
    player = play(pause(), give("next"))
    assert (player.states(), player.state, player.timers) == ({"hold": "PAUSED"}, "PAUSED", [])
    player.resume()
    assert player.states() == {"hold": "SUCCESS", "next": "SUCCESS"}
    assert player.history() == ["CREATED", "RUNNING", "PAUSED", "RESTARTED", "RUNNING", "SUCCESS"]
    assert player.history("hold") == ["CREATED", "RUNNING", "PAUSED", "SUCCESS"]


def test_what_was_given_and_by_whom_are_outputs() -> None:
    player = play(pause(), give("next", "{{ outputs.hold.onResume.reason }} {{ outputs.hold.resumed.by }}"))
    player.resume(inputs={"reason": "fine"}, by="ada")
    assert player.outputs("next") == {"value": "fine ada"}
    assert player.outputs("hold") == {
        "onResume": {"reason": "fine"},
        "resumed": {"by": "ada", "on": player.run("hold").moments[-1].at, "to": "SUCCESS"},
    }


@pytest.mark.parametrize(
    ("behavior", "pause_state", "state"),
    [
        ({}, "SUCCESS", "SUCCESS"),
        ({"behavior": "RESUME"}, "SUCCESS", "SUCCESS"),
        ({"behavior": "WARN"}, "WARNING", "WARNING"),
        ({"behavior": "FAIL"}, "FAILED", "FAILED"),
        ({"behavior": "{{ 'FAIL' }}"}, "FAILED", "FAILED"),
        ({"behavior": "CANCEL"}, "CANCELLED", "CANCELLED"),
    ],
)
def test_after_its_duration_it_goes_on_as_told(behavior: Data, pause_state: str, state: str) -> None:
    player = play(pause(**WAIT_A_MINUTE, **behavior), give("next"))
    assert 60 <= player.wait().total_seconds() < 60.1
    assert (player.states()["hold"], player.state) == (pause_state, state)
    assert ("next" in player.states()) == (state in ("SUCCESS", "WARNING"))


def test_delay_is_the_old_name_of_the_duration() -> None:
    player = play(pause(delay="{{ inputs.wait }}"), inputs={"wait": "PT5S"})
    assert 5 <= player.wait().total_seconds() < 5.1
    assert player.state == "SUCCESS"


@pytest.mark.parametrize("behavior", ["WARN", "CANCEL", "FAIL"])
def test_a_resume_before_the_end_of_the_duration_succeeds(behavior: str) -> None:
    player = play(pause(**WAIT_A_MINUTE, behavior=behavior))
    player.resume()
    assert player.state == "SUCCESS"
    player.wait()
    assert player.state == "SUCCESS"


def test_a_timeout_fails_it_and_runs_the_errors() -> None:
    player = play(pause(timeout="PT1S", errors=[give("sorry")]), give("next"))
    player.wait()
    assert (player.states(), player.state) == ({"hold": "FAILED", "sorry": "SUCCESS"}, "FAILED")


def test_of_two_limits_the_first_counts() -> None:
    player = play(pause(**WAIT_A_MINUTE, timeout="PT1S"))
    player.wait(120)
    assert (player.state, player.history("hold")[-2:]) == ("FAILED", ["PAUSED", "FAILED"])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"pauseDuration": "{{ inputs.missing }}"}, "Unable to find `missing`"),
        ({"pauseDuration": "{{ 'soon' }}"}, "expected an ISO-8601 duration"),
        ({"behavior": "{{ 'MAYBE' }}"}, "expected one of RESUME, WARN, FAIL, CANCEL, found `MAYBE`"),
        ({"behavior": "{{ 'KILL' }}"}, "expected one of RESUME, WARN, FAIL, CANCEL, found `KILL`"),
        ({"timeout": "{{ 'never' }}"}, "expected an ISO-8601 duration"),
    ],
)
def test_what_renders_to_nonsense_fails_it(wrong: Data, reason: str) -> None:
    player = play(pause(**wrong))
    assert (player.states(), player.state) == ({"hold": "FAILED"}, "FAILED")
    assert reason in (player.run("hold").message or "")


def test_a_task_runs_when_the_pause_begins() -> None:
    player = play(pause(onPause=give("tell")), slow={"tell"})
    assert (player.states(), player.state) == ({"hold": "RUNNING", "tell": "RUNNING"}, "RUNNING")
    player.end("tell")
    assert (player.states(), player.state) == ({"hold": "PAUSED", "tell": "SUCCESS"}, "PAUSED")
    player.resume()
    assert player.state == "SUCCESS"


def test_without_its_first_task_there_is_no_pause() -> None:
    player = play(pause(onPause=give("tell")), failing={"tell"})
    assert (player.states(), player.state) == ({"hold": "FAILED", "tell": "FAILED"}, "FAILED")


def test_its_tasks_run_after_the_resume() -> None:
    inner = give("after", "{{ outputs.hold.onResume.a }}")
    player = play(pause(onPause=give("tell"), tasks=[inner, give("last")]), slow={"after"})
    player.resume(inputs={"a": "b"})
    assert player.states() == {"hold": "RUNNING", "tell": "SUCCESS", "after": "RUNNING"}
    assert player.history()[-2:] == ["RESTARTED", "RUNNING"]
    player.end("after")
    assert player.states() == {"hold": "SUCCESS", "tell": "SUCCESS", "after": "SUCCESS", "last": "SUCCESS"}


@pytest.mark.parametrize("behavior", ["FAIL", "WARN", "CANCEL"])
def test_its_tasks_do_not_run_when_the_time_was_over(behavior: str) -> None:
    player = play(pause(**WAIT_A_MINUTE, behavior=behavior, tasks=[give("after")]))
    player.wait()
    assert "after" not in player.states()


def test_a_restart_repeats_only_what_failed_after_the_pause() -> None:
    player = play(pause(onPause=give("tell"), tasks=[give("after"), give("last")]), failing={"after"})
    player.resume(inputs={"a": "b"})
    assert player.state == "FAILED"
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert (player.begun, player.state) == (["after", "last"], "SUCCESS")
    assert (player.outputs("hold") or {})["onResume"] == {"a": "b"}


def test_a_restart_after_a_timeout_pauses_again() -> None:
    player = play(pause(timeout="PT1M"), give("next"))
    player.wait()
    player.restart()
    assert (player.states(), player.state) == ({"hold": "PAUSED"}, "PAUSED")
    player.resume()
    assert player.state == "SUCCESS"


def test_a_timer_of_an_earlier_pause_does_not_end_a_later_one() -> None:
    player = play(pause(**WAIT_A_MINUTE, timeout="PT1S"))
    player.wait()
    player.restart()
    assert player.state == "PAUSED"
    player.timers = [timer for timer in player.timers if timer.number == player.timers[0].number]
    player.wait()
    assert player.state == "PAUSED"


def test_parallel_branches_go_on_while_it_is_held() -> None:
    both = flow_task("Parallel", "both", pause(), flow_task("Sequential", "other", give("a"), give("b")))
    player = play(both, give("next"), slow={"a"})
    assert player.state == "PAUSED"
    player.end("a")
    assert player.states() == {"both": "RUNNING", "hold": "PAUSED", "other": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS"}
    assert player.state == "PAUSED"
    player.resume()
    assert (player.states()["next"], player.state) == ("SUCCESS", "SUCCESS")


def test_the_execution_is_paused_as_long_as_any_task_run_is() -> None:
    both = flow_task("Parallel", "both", pause(), flow_task("Pause", "second"))
    player = play(both)
    player.resume("second")
    assert (player.states()["hold"], player.states()["second"], player.state) == ("PAUSED", "SUCCESS", "PAUSED")
    player.resume("hold")
    assert player.state == "SUCCESS"


def test_a_resume_without_a_name_is_for_all() -> None:
    player = play(flow_task("Parallel", "both", pause(), flow_task("Pause", "second")))
    player.resume()
    assert player.state == "SUCCESS"


def test_a_failure_beside_it_waits_for_the_resume() -> None:
    player = play(flow_task("Parallel", "both", pause(), give("a")), failing={"a"})
    assert player.state == "PAUSED"
    player.resume()
    assert (player.states()["both"], player.state) == ("FAILED", "FAILED")


def test_a_retry_beside_it_goes_on_while_it_is_held() -> None:
    retry = {"type": "constant", "interval": "PT1S", "maxAttempts": 3}
    player = play(flow_task("Parallel", "both", give("a", retry=retry), pause()), failing={"a"})
    assert (player.states()["a"], player.state) == ("RETRYING", "PAUSED")
    player.failing = ()
    player.wait()
    assert (player.states()["a"], player.state) == ("SUCCESS", "PAUSED")
    player.resume()
    assert player.state == "SUCCESS"


@pytest.mark.parametrize("depth", [0, 3])
def test_a_kill_ends_what_is_paused(depth: int) -> None:
    task = pause(tasks=[give("after")])
    for level in range(depth):
        task = flow_task("Sequential", f"level{level}", task)
    player = play(task, give("next"))
    player.kill()
    assert set(player.states().values()) == {"KILLED"}
    assert (player.state, player.execution.paused) == ("KILLED", 0)


def test_in_a_loop_each_value_is_held() -> None:
    player = play(flow_task("ForEach", "each", pause(), give("a"), values=["x", "y"], concurrencyLimit=0))
    assert player.execution.paused == 2
    player.resume("hold[y]", inputs={"n": 1})
    assert player.states() == {
        "each": "RUNNING",
        "hold[x]": "PAUSED",
        "hold[y]": "SUCCESS",
        "a[y]": "SUCCESS",
    }
    player.resume()
    assert player.execution.state is State.SUCCESS


def test_of_an_allowed_failure_the_flow_goes_on() -> None:
    player = play(pause(timeout="PT1S", allowFailure=True), give("next"))
    player.wait()
    assert (player.states(), player.state) == ({"hold": "WARNING", "next": "SUCCESS"}, "WARNING")
