"""Parallel: children side by side, as many at once as may be."""

from __future__ import annotations

import pytest

from tests.execution.play import flow_task, give, play

FOUR = [give(name) for name in ("a", "b", "c", "d")]


def test_all_children_begin_at_once() -> None:
    player = play(flow_task("Parallel", "all", *FOUR), slow={"a", "b", "c", "d"})
    assert player.states() == {"all": "RUNNING", **dict.fromkeys("abcd", "RUNNING")}
    for name in "dbca":
        player.end(name)
    assert player.state == "SUCCESS"


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_no_more_run_at_once_than_may(limit: int) -> None:
    player = play(flow_task("Parallel", "all", *FOUR, concurrent=limit), slow=set("abcd"))
    for ended in "abcd":
        running = [name for name, state in player.states().items() if state == "RUNNING" and name != "all"]
        assert running == list("abcd")["abcd".index(ended) :][:limit]
        player.end(ended)
    assert player.state == "SUCCESS"


def test_siblings_of_a_failure_run_to_their_end_before_errors_begin() -> None:
    player = play(flow_task("Parallel", "all", give("a"), give("b"), errors=[give("sorry")]), failing="a", slow="b")
    assert player.states() == {"all": "RUNNING", "a": "FAILED", "b": "RUNNING"}
    player.end("b")
    assert player.states() == {"all": "FAILED", "a": "FAILED", "b": "SUCCESS", "sorry": "SUCCESS"}


def test_no_sibling_begins_after_a_failure() -> None:
    player = play(flow_task("Parallel", "all", *FOUR, concurrent=1), failing="b")
    assert player.states() == {"all": "FAILED", "a": "SUCCESS", "b": "FAILED"}


def test_children_that_are_skipped_leave_their_place_to_the_next() -> None:
    skipped = [give(f"s{number}", runIf="false") for number in range(5)]
    player = play(flow_task("Parallel", "all", *skipped, give("a"), concurrent=2))
    assert player.states() == {"all": "SUCCESS", **{f"s{number}": "SKIPPED" for number in range(5)}, "a": "SUCCESS"}


def test_children_are_seen_without_a_level_of_their_own() -> None:
    player = play(flow_task("Parallel", "all", give("a"), give("b")), give("c", "{{ outputs.a.value }}"))
    assert player.outputs("c") == {"value": "a"}


def test_errors_of_a_flowable_inside_run_while_its_siblings_go_on() -> None:
    inner = flow_task("Sequential", "inner", give("a"), errors=[give("sorry")])
    player = play(flow_task("Parallel", "all", inner, give("b"), finally_=[give("bye")]), failing="a", slow="b")
    assert player.states() == {"all": "RUNNING", "inner": "FAILED", "b": "RUNNING", "a": "FAILED", "sorry": "SUCCESS"}
    player.end("b")
    assert player.states()["bye"] == "SUCCESS"
    assert (player.states()["all"], player.state) == ("FAILED", "FAILED")


def test_a_restart_repeats_only_what_failed() -> None:
    player = play(flow_task("Parallel", "all", *FOUR), failing={"b", "d"})
    player.failing = ()
    player.begun.clear()
    player.restart()
    assert player.begun == ["b", "d"]
    assert player.state == "SUCCESS"


def test_a_restart_with_a_limit_goes_on_to_those_that_had_not_begun() -> None:
    player = play(flow_task("Parallel", "all", *FOUR, concurrent=2), failing="a")
    assert player.states() == {"all": "FAILED", "a": "FAILED", "b": "SUCCESS"}
    player.failing = ()
    player.restart()
    assert player.states() == {"all": "SUCCESS", **dict.fromkeys("abcd", "SUCCESS")}
