"""LoopUntil: the children again and again, with a wait between, until a condition holds."""

from __future__ import annotations

import pytest

from gitops.execution.effects import Purpose, SetTimer
from gitops.execution.events import KillAsked
from tests.execution.play import CORE, Data, flow_task, give, play

COUNT = give("ask", "{{ outputs.until.iterationCount }}")
EVERY_SECOND = {"interval": "PT1S"}


def until(condition: str, *tasks: Data, frequency: object = EVERY_SECOND, **more: object) -> Data:
    return flow_task("LoopUntil", "until", *(tasks or (COUNT,)), condition=condition, checkFrequency=frequency, **more)


def test_it_ends_with_the_first_iteration_when_the_condition_holds_after_it() -> None:
    player = play(until("{{ outputs.ask.value == '1' }}"))
    assert player.states() == {"until": "SUCCESS", "ask[0]": "SUCCESS"}
    assert player.outputs("until") == {"iterationCount": 1}
    assert "PAUSED" not in player.history()


def test_it_is_paused_with_the_execution_between_two_iterations() -> None:
    player = play(until("{{ outputs.ask.value == '3' }}"))
    assert (player.states(), player.state) == ({"until": "PAUSED", "ask[0]": "SUCCESS"}, "PAUSED")
    assert 1 <= player.wait().total_seconds() < 1.1
    assert player.states() == {"until": "PAUSED", "ask[1]": "SUCCESS"}
    player.wait()
    assert player.states() == {"until": "SUCCESS", "ask[2]": "SUCCESS"}
    assert player.outputs("until") == {"iterationCount": 3}
    assert player.history() == ["CREATED", "RUNNING", *["PAUSED", "RESTARTED", "RUNNING"] * 2, "SUCCESS"]


def test_only_the_last_iteration_is_left_and_later_tasks_see_its_outputs() -> None:
    endings: Data = {"finally_": [give("bye", "{{ outputs.ask.value }}")]}
    player = play(until("{{ outputs.ask.value == '2' }}", **endings), give("next", "{{ outputs.ask.value }}"))
    player.wait()
    assert (player.outputs("bye"), player.outputs("next")) == ({"value": "2"}, {"value": "2"})


def test_a_minute_passes_between_iterations_by_default_and_a_second_for_the_old_name() -> None:
    player = play(flow_task("LoopUntil", "until", COUNT, condition="false"))
    assert 60 <= player.wait().total_seconds() < 60.1
    player = play({**flow_task("WaitFor", "until", COUNT, condition="false"), "type": f"{CORE}flow.WaitFor"})
    assert 1 <= player.wait().total_seconds() < 1.1


@pytest.mark.parametrize(("fail", "state"), [(True, "FAILED"), ("{{ true }}", "FAILED"), (False, "SUCCESS")])
def test_after_the_most_iterations_it_ends(fail: object, state: str) -> None:
    player = play(
        until("false", frequency={**EVERY_SECOND, "maxIterations": 3}, failOnMaxReached=fail, errors=[give("sorry")])
    )
    player.wait(60)
    assert player.outputs("until") == {"iterationCount": 3}
    assert player.states()["until"] == state
    assert ("sorry" in player.states()) == (state == "FAILED")
    if state == "FAILED":
        assert player.run("until").message == "the condition did not hold after 3 iterations"
        assert "the condition did not hold after 3 iterations" in player.logs


def test_no_iteration_begins_after_the_longest_time() -> None:
    player = play(until("false", frequency={"interval": "PT4S", "maxDuration": "PT10S"}, failOnMaxReached=True))
    player.wait(60)
    assert player.outputs("until") == {"iterationCount": 3}
    assert player.run("until").message == "the condition did not hold in 10 seconds"


def test_a_failed_child_ends_it_and_the_condition_is_not_looked_at() -> None:
    player = play(until("{{ inputs.missing }}", give("ask"), give("never"), errors=[give("sorry")]), failing={"ask"})
    assert player.states() == {"until": "FAILED", "ask[0]": "FAILED", "sorry": "SUCCESS"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"condition": "{{ inputs.missing }}"},
        {"frequency": {"interval": "{{ inputs.missing }}"}},
        {"frequency": {"interval": "{{ 'soon' }}"}},
        {"frequency": {"maxIterations": "{{ 'many' }}"}},
    ],
)
def test_what_cannot_be_rendered_fails_it_with_the_reason(wrong: Data) -> None:
    player = play(until(**{"condition": "false", **wrong}))
    assert (player.states()["until"], player.state) == ("FAILED", "FAILED")
    assert player.run("until").message in player.logs


def test_an_interval_of_nothing_pauses_too_so_that_others_get_their_turn() -> None:
    # All that happens here happens in one step; without a timer between, the step would have no end.
    player = play(until("false", give("ask", runIf="false"), frequency={"interval": "PT0S", "maxIterations": 4}))
    assert player.states() == {"until": "PAUSED", "ask[0]": "SKIPPED"}
    player.wait(1)
    assert (player.states(), player.state) == ({"until": "SUCCESS", "ask[3]": "SKIPPED"}, "SUCCESS")


def test_nested_tasks_of_an_earlier_iteration_are_gone_too() -> None:
    group = flow_task("Sequential", "group", give("a", "{{ parents | length }}"), give("b", "{{ outputs.a.value }}"))
    player = play(until("{{ outputs.until.iterationCount == 2 }}", group))
    player.wait()
    assert player.states() == {"until": "SUCCESS", "group[1]": "SUCCESS", "a[1]": "SUCCESS", "b[1]": "SUCCESS"}


def test_a_kill_during_the_wait_ends_it() -> None:
    player = play(until("false"), give("next"))
    player.kill()
    assert (player.states(), player.state) == ({"until": "KILLED", "ask[0]": "SUCCESS"}, "KILLED")
    player.wait()
    assert player.state == "KILLED"


def test_a_resume_during_the_wait_begins_the_next_iteration_now() -> None:
    player = play(until("{{ outputs.ask.value == '2' }}"))
    player.resume()
    assert player.states() == {"until": "SUCCESS", "ask[1]": "SUCCESS"}
    player.wait()
    assert player.outputs("until") == {"iterationCount": 2}


def test_an_old_timer_does_not_shorten_a_later_wait() -> None:
    player = play(until("{{ outputs.ask.value == '4' }}"))
    (old,) = player.timers
    player.resume()
    player.timers.remove(old)
    before = player.states()
    from gitops.execution.events import TimerFired

    assert not player.give(TimerFired(Purpose.LOOP, old.subject, old.number)).changed
    assert player.states() == before


def test_a_restart_after_the_last_iteration_counts_anew() -> None:
    player = play(until("false", frequency={**EVERY_SECOND, "maxIterations": 2}, failOnMaxReached=True))
    player.wait(10)
    player.restart()
    assert player.states() == {"until": "PAUSED", "ask[0]": "SUCCESS"}
    player.wait(10)
    assert player.history("until")[-1] == "FAILED"


def test_a_restart_after_a_failed_child_goes_on_with_its_iteration() -> None:
    player = play(until("{{ outputs.ask.value == '2' }}", COUNT, give("b")), failing={"b[1]"})
    player.wait()
    assert player.state == "FAILED"
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert (player.begun, player.state) == (["b[1]"], "SUCCESS")


def test_inside_a_for_each_the_values_are_around_it() -> None:
    ask = give("ask", "{{ parent.taskrun.value ?? taskrun.value }}")
    inner = flow_task("LoopUntil", "until", ask, condition="{{ outputs.until[taskrun.value].iterationCount == 2 }}")
    player = play(
        flow_task("ForEach", "each", inner, values=["x", "y"], concurrencyLimit=0),
        give("b", "{{ outputs.ask.y.value }}"),
    )
    assert player.states()["until[x]"] == "PAUSED"
    player.wait()
    assert (player.states()["until[x]"], player.state) == ("SUCCESS", "PAUSED")
    player.wait()
    assert (player.outputs("b"), player.state) == ({"value": "y"}, "SUCCESS")


def test_timers_are_asked_for_once_for_each_wait() -> None:
    player = play(until("false", frequency={"interval": "PT1S", "maxIterations": 3}))
    numbers = []
    while player.timers:
        (timer,) = player.timers
        assert isinstance(timer, SetTimer)
        numbers.append(timer.number)
        player.wait()
    assert len(set(numbers)) == len(numbers) == 2
    assert not player.give(KillAsked()).changed
