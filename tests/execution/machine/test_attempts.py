"""Attempts: how often, when and in what way failed work is tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gitops.execution.effects import CancelAttempt, KillChildren, Purpose, StartOver
from gitops.execution.events import AttemptFailed, AttemptLost, TimerFired
from gitops.execution.state import State
from tests.execution.forest import new_execution
from tests.execution.play import Data, Player, flow_task, give, play, read_tree
from tests.replacing import replace

SECOND = {"type": "constant", "interval": "PT1S"}


def waits(retry: dict[str, Any], *, most: int = 8) -> list[float]:
    """The seconds between the attempts of a task that always fails."""
    player = play(give("a", retry=retry), failing={"a"})
    found: list[float] = []
    while player.timers and len(found) < most:
        found.append(round(player.wait().total_seconds(), 1))
    return found


@pytest.mark.parametrize("name", ["maxAttempts", "maxAttempt"])
@pytest.mark.parametrize("most", [1, 2, 4])
def test_the_first_attempt_counts_too(name: str, most: int) -> None:
    player = play(give("a", retry={**SECOND, name: most}), failing={"a"})
    player.wait(60)
    assert (len(player.run("a").attempts), player.state) == (most, "FAILED")


def test_constant_waits_are_the_same() -> None:
    assert waits({"type": "constant", "interval": "PT5S", "maxAttempts": 4}) == [5, 5, 5]


def test_exponential_waits_grow_up_to_a_limit() -> None:
    retry = {"type": "exponential", "interval": "PT2S", "maxInterval": "PT20S", "maxAttempts": 7}
    assert waits(retry) == [2, 4, 8, 16, 20, 20]
    assert waits({**retry, "delayFactor": 3, "maxInterval": "PT1M"}) == [2, 6, 18, 54, 60, 60]
    assert waits({**retry, "delayFactor": 1}) == [2] * 6


def test_exponential_waits_stay_at_their_limit_however_often() -> None:
    player = play(give("a", retry={"type": "exponential", "interval": "PT1S", "maxInterval": "PT2S"}), failing={"a"})
    for _ in range(1_100):
        player.wait()
    assert len(player.run("a").attempts) == 1_101


def test_random_waits_are_between_two_limits() -> None:
    for chance, expected in ((0.0, 10.0), (0.5, 15.0), (0.99, 19.9)):
        retry = {"type": "random", "minInterval": "PT10S", "maxInterval": "PT20S"}
        player = play(give("a", retry=retry), slow={"a"})
        player.chance = chance
        player.end("a", failed="no")
        assert round(player.wait().total_seconds(), 1) == expected


def test_no_attempt_begins_later_than_the_longest_time_after_the_first() -> None:
    assert waits({**SECOND, "interval": "PT4S", "maxDuration": "PT10S"}) == [4, 4]


def test_each_attempt_is_kept_with_its_times_and_its_reason() -> None:
    player = play(give("a", retry={**SECOND, "maxAttempts": 2}), failing={"a"})
    player.failing = ()
    player.wait()
    first, second = player.run("a").attempts
    assert (first.state, first.message, second.state, second.message) == (
        State.FAILED,
        "it failed",
        State.SUCCESS,
        None,
    )
    assert first.started_at
    assert second.started_at
    assert first.ended_at
    assert second.started_at - first.ended_at >= timedelta(seconds=1)
    assert player.history("a") == ["CREATED", "RUNNING", "RETRYING", "RUNNING", "SUCCESS"]
    assert player.history() == ["CREATED", "RUNNING", "RETRYING", "RUNNING", "SUCCESS"]


def test_later_tasks_wait_for_the_retry() -> None:
    player = play(give("a", retry=SECOND), give("b"), failing={"a"})
    assert player.states() == {"a": "RETRYING"}


def test_the_state_is_running_while_anything_else_begins() -> None:
    both = flow_task("Parallel", "both", give("a", retry=SECOND), flow_task("Sequential", "row", give("b"), give("c")))
    player = play(both, failing={"a"}, slow={"b"})
    assert (player.states()["a"], player.state) == ("RETRYING", "RUNNING")
    player.end("b")
    assert (player.states()["c"], player.state) == ("SUCCESS", "RUNNING")
    player.failing = ()
    player.wait()
    assert player.state == "SUCCESS"


def test_a_timer_that_comes_twice_begins_one_attempt() -> None:
    player = play(give("a", retry=SECOND), failing={"a"}, slow={"a"})
    player.end("a", failed="no")
    (timer,) = player.timers
    player.give(TimerFired(timer.purpose, timer.subject, timer.number))
    assert not player.give(TimerFired(timer.purpose, timer.subject, timer.number)).changed
    assert len(player.run("a").attempts) == 2


def test_a_retry_that_is_used_up_may_be_an_allowed_failure() -> None:
    player = play(give("a", retry={**SECOND, "maxAttempts": 2}, allowFailure=True), give("b"), failing={"a"})
    assert player.states() == {"a": "RETRYING"}
    player.wait()
    assert player.states() == {"a": "WARNING", "b": "SUCCESS"}
    assert [attempt.state for attempt in player.run("a").attempts] == [State.FAILED, State.FAILED]


@pytest.mark.parametrize(("attempts", "state"), [(0, "SUCCESS"), (1, "WARNING"), (2, "WARNING")])
def test_a_success_after_a_retry_may_be_a_warning(attempts: int, state: str) -> None:
    player = play(give("a", retry={**SECOND, "warningOnRetry": True}), slow={"a"})
    for _ in range(attempts):
        player.end("a", failed="no")
        player.wait()
    player.end("a")
    assert (player.states()["a"], player.state) == (state, state)


def test_a_lost_attempt_is_no_retry_for_the_warning() -> None:
    player = play(give("a", retry={**SECOND, "warningOnRetry": True}), slow={"a"})
    player.give(AttemptLost(player.run("a").id, 1))
    player.end("a")
    assert player.state == "SUCCESS"


def test_after_a_restart_all_retries_are_there_again() -> None:
    player = play(give("a", retry={**SECOND, "maxAttempts": 3}), failing={"a"})
    player.wait(60)
    assert (len(player.run("a").attempts), player.state) == (3, "FAILED")
    player.restart()
    player.wait(60)
    assert (len(player.run("a").attempts), player.state) == (6, "FAILED")


def test_the_longest_time_begins_with_the_first_attempt_after_a_restart() -> None:
    player = play(give("a", retry={**SECOND, "interval": "PT4S", "maxDuration": "PT10S"}), failing={"a"})
    player.wait(60)
    assert len(player.run("a").attempts) == 3
    player.restart()
    player.wait(60)
    assert len(player.run("a").attempts) == 6


@pytest.mark.parametrize(("retries", "state"), [(0, "SUCCESS"), (1, "WARNING")])
def test_a_success_at_once_after_a_restart_is_no_warning(retries: int, state: str) -> None:
    player = play(give("a", retry={**SECOND, "maxAttempts": 2, "warningOnRetry": True}), failing={"a"})
    player.wait(60)
    player.failing = {"a"} if retries else ()
    player.restart()
    player.failing = ()
    player.wait(60)
    assert (len(player.run("a").attempts), player.state) == (3 + retries, state)


def test_attempts_lost_before_a_restart_do_not_count_after_it() -> None:
    player = play(give("a"), slow={"a"})
    for number in (1, 2, 3):
        player.give(AttemptLost(player.run("a").id, number))
    assert player.state == "FAILED"
    player.restart()
    player.give(AttemptLost(player.run("a").id, 4))
    assert player.states() == {"a": "RUNNING"}


def test_outputs_of_a_failed_attempt_are_kept_until_another_has_some() -> None:
    player = play(give("a"), errors=[give("b", "{{ outputs.a.value }}")], slow={"a"})
    player.end("a", failed="no", outputs={"value": "half"})
    assert player.outputs("b") == {"value": "half"}


@pytest.mark.parametrize(("own", "group", "flow"), [(4, 3, 2), (None, 3, 2), (None, None, 2)])
def test_the_nearest_retry_counts(own: int | None, group: int | None, flow: int) -> None:
    def retry(most: int | None) -> dict[str, Any]:
        return {} if most is None else {"retry": {**SECOND, "maxAttempts": most}}

    inner = flow_task("Sequential", "inner", give("a", **retry(own)))
    player = play(flow_task("Sequential", "group", inner, **retry(group)), failing={"a"}, **retry(flow))
    player.wait(60)
    assert len(player.run("a").attempts) == next(most for most in (own, group, flow) if most is not None)
    assert player.run("inner").attempts == ()


# A new execution instead of a new attempt

OVER = {**SECOND, "behavior": "CREATE_NEW_EXECUTION", "maxAttempts": 3}


def test_a_new_execution_takes_the_place_of_this_one() -> None:
    player = play(flow_task("Sequential", "group", give("first"), give("a", retry=OVER)), give("b"), failing={"a"})
    assert player.states() == {"group": "RETRIED", "first": "SUCCESS", "a": "RETRIED"}
    assert (player.state, player.execution.done) == ("RETRIED", True)
    (over,) = player.others
    assert isinstance(over, StartOver)
    assert over.at == player.now + timedelta(seconds=1)


def test_it_gives_up_once_there_were_as_many_executions() -> None:
    for number, state in ((1, "RETRIED"), (2, "RETRIED"), (3, "FAILED")):
        execution = replace(new_execution(), attempt_number=number)
        player = Player(read_tree(give("a", retry=OVER)), execution, failing={"a"}).begin()
        assert player.state == state


def test_it_gives_up_later_than_the_longest_time_after_the_first_execution() -> None:
    retry = {**OVER, "maxAttempts": 100, "maxDuration": "PT1H"}
    for age, state in ((30, "RETRIED"), (60, "FAILED")):
        first = new_execution().created_at - timedelta(minutes=age)
        execution = replace(new_execution(), original_created_at=first, attempt_number=2)
        player = Player(read_tree(give("a", retry=retry)), execution, failing={"a"}).begin()
        assert player.state == state


def test_what_runs_beside_it_is_stopped() -> None:
    both = flow_task("Parallel", "both", give("a", retry=OVER), give("b"), flow_task("Pause", "hold"))
    player = play(both, slow={"a", "b"})
    player.end("a", failed="no")
    assert player.states() == {"both": "RETRIED", "a": "RETRIED", "b": "KILLED", "hold": "KILLED"}
    assert CancelAttempt(player.run("b").id, 1) in player.others
    assert not player.give(AttemptFailed(player.run("b").id, 1, "stopped")).changed


def test_an_execution_that_is_called_beside_it_is_killed() -> None:
    call = flow_task("Subflow", "call", namespace="a", flowId="b")
    player = play(flow_task("Parallel", "both", give("a", retry=OVER), call), slow={"a"})
    player.call_created()
    player.end("a", failed="no")
    assert (player.states()["call"], player.state) == ("KILLED", "RETRIED")
    assert KillChildren(player.run("call").id) in player.others
    assert not player.call_ended(State.KILLED).changed


def test_no_errors_run_before_the_last_execution() -> None:
    endings: Data = {"errors": [give("sorry")], "finally_": [give("bye")]}
    assert "sorry" not in play(give("a", retry=OVER), failing={"a"}, **endings).states()
    execution = replace(new_execution(), attempt_number=3)
    player = Player(read_tree(give("a", retry=OVER), **endings), execution, failing={"a"}).begin()
    assert player.states() == {"a": "FAILED", "sorry": "SUCCESS", "bye": "SUCCESS"}


def test_a_retry_of_the_flow_may_create_a_new_execution() -> None:
    player = play(give("a"), failing={"a"}, retry=OVER)
    assert player.state == "RETRIED"


def test_the_purpose_of_the_timer_is_a_retry() -> None:
    player = play(give("a", retry=SECOND), failing={"a"})
    (timer,) = player.timers
    assert (timer.purpose, timer.subject, timer.number) == (Purpose.RETRY, player.run("a").id, 1)


@pytest.mark.parametrize(
    "retry", [{"type": "constant", "interval": "P9999999D"}, {**SECOND, "maxDuration": "P9999999D"}]
)
def test_a_date_that_no_calendar_has_never_comes(retry: dict[str, Any]) -> None:
    player = play(give("a", retry=retry), failing={"a"})
    assert player.state == ("FAILED" if retry["interval"] != "PT1S" else "RETRYING")
