"""EachParallel: every task of every value is on its own, and the limit is on task runs."""

from __future__ import annotations

from tests.execution.play import flow_task, give, play


def test_all_tasks_of_all_values_begin_at_once() -> None:
    player = play(flow_task("EachParallel", "each", give("a"), give("b"), value=["x", "y"]), slow={"a", "b"})
    assert player.begun == ["a[x]", "b[x]", "a[y]", "b[y]"]


def test_the_limit_counts_task_runs() -> None:
    loop = flow_task("EachParallel", "each", give("a"), give("b"), value=["x", "y"], concurrent=3)
    player = play(loop, slow={"a", "b"})
    assert player.begun == ["a[x]", "b[x]", "a[y]"]
    for name in ("b[x]", "a[x]", "a[y]", "b[y]"):
        player.end(name)
    assert player.state == "SUCCESS"


def test_no_values_are_a_success() -> None:
    assert play(flow_task("EachParallel", "each", give("a"), value=[])).states() == {"each": "SUCCESS"}


def test_a_restart_repeats_what_failed_and_goes_on() -> None:
    loop = flow_task("EachParallel", "each", give("a"), give("b"), value=["x", "y"], concurrent=1)
    player = play(loop, failing={"b[x]"})
    assert player.states() == {"each": "FAILED", "a[x]": "SUCCESS", "b[x]": "FAILED"}
    player.failing = ()
    player.restart()
    assert player.states() == {"each": "SUCCESS", **dict.fromkeys(["a[x]", "b[x]", "a[y]", "b[y]"], "SUCCESS")}
