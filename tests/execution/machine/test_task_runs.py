"""The life of a task run apart from its attempts: created, skipped or begun."""

from __future__ import annotations

import pytest

from gitops.execution.identity import task_run_id
from gitops.execution.state import Branch, State
from tests.execution.play import flow_task, give, play


def test_what_a_new_task_run_is() -> None:
    player = play(flow_task("ForEach", "each", give("a"), values=["x", "y"]), slow={"a"})
    run, each = player.run("a[x]"), player.run("each")
    assert run.id == task_run_id("execution", each.id, "a", 0)
    assert (run.parent_id, run.task_id, run.execution_id, run.branch) == (each.id, "a", "execution", Branch.TASKS)
    assert (run.value, run.iteration, run.sequence, each.sequence) == ("x", 0, 1, 0)
    assert [moment.state for moment in run.moments] == [State.CREATED, State.RUNNING]


def test_places_are_given_in_the_order_of_creation() -> None:
    inner = flow_task("Parallel", "all", give("a"), give("b"))
    player = play(give("first"), inner, finally_=[give("bye")])
    assert [(run.task_id, run.sequence) for run in player.execution.in_order()] == [
        *(("first", 0), ("all", 1), ("a", 2), ("b", 3), ("bye", 4)),
    ]


@pytest.mark.parametrize("word", ["runIf", "when"])
def test_the_condition_sees_what_the_task_sees(word: str) -> None:
    inner = give("a", **{word: "{{ taskrun.value == 'y' and outputs.first.value == 'first' }}"})
    player = play(give("first"), flow_task("ForEach", "each", inner, values=["x", "y"]))
    assert (player.states()["a[x]"], player.states()["a[y]"]) == ("SKIPPED", "SUCCESS")
    assert player.history("a[x]") == ["CREATED", "SKIPPED"]


def test_what_was_skipped_has_no_outputs() -> None:
    player = play(
        give("a", runIf="false"), give("b", "{{ outputs.a.value ?? 'none' }}"), give("c", "{{ outputs.a.value }}")
    )
    assert (player.outputs("b"), player.states()["c"], player.state) == ({"value": "none"}, "FAILED", "FAILED")


def test_a_condition_that_cannot_be_told_fails_the_task_run_unbegun() -> None:
    player = play(give("a", runIf="{{ inputs.missing }}"), errors=[give("sorry")])
    assert (player.begun, player.states()) == (["sorry"], {"a": "FAILED", "sorry": "SUCCESS"})
    assert player.run("a").attempts == ()
    assert (player.run("a").message or "").startswith("runIf cannot be evaluated: ")
    assert player.logs == [player.run("a").message]


def test_such_a_failure_may_be_allowed() -> None:
    player = play(give("a", runIf="{{ inputs.missing }}", allowFailure=True), give("b"))
    assert player.states() == {"a": "WARNING", "b": "SUCCESS"}


def test_all_skipped_is_a_success() -> None:
    player = play(
        flow_task("Parallel", "all", give("a", when="false"), give("b", when="false")), give("c", when="false")
    )
    assert (player.states()["all"], player.state) == ("SUCCESS", "SUCCESS")
