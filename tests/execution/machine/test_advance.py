"""The machine as a specification: what follows from what, one example for each sentence of the reference."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gitops.execution.effects import Purpose
from gitops.execution.events import AttemptLost, AttemptStarted, AttemptSucceeded, Created, KillAsked, TimerFired
from gitops.execution.machine.attempts import LOST_LIMIT
from gitops.execution.state import Branch, State
from gitops.execution.truth import is_true
from tests.execution.forest import Driver, fan, report, row, tree, work

RETRY = {"type": "constant", "interval": "PT1S", "maxAttempts": 3}


def run(failing: tuple[str, ...] = (), **flow: Any) -> Driver:
    """Run a flow to its end."""
    driver = Driver(tree(flow)).begin()
    driver.run_all(failing)
    assert driver.execution.done
    return driver


def test_tasks_run_one_after_another() -> None:
    driver = Driver(tree({"tasks": [work("a"), work("b")]})).begin()
    assert driver.states() == {"a": "CREATED"}
    driver.end("a")
    assert driver.states() == {"a": "SUCCESS", "b": "CREATED"}
    driver.end("b")
    assert (driver.execution.state, driver.execution.done) == (State.SUCCESS, True)


def test_a_failure_ends_the_branch_and_the_execution() -> None:
    driver = run(("a",), tasks=[work("a"), work("b")])
    assert driver.states() == {"a": "FAILED"}
    assert driver.execution.state is State.FAILED
    assert driver.task_run("a").message == "it failed"


def test_error_tasks_run_after_a_failure_and_do_not_mend_it() -> None:
    driver = run(("a",), tasks=[work("a")], errors=[work("tell")])
    assert driver.states() == {"a": "FAILED", "tell": "SUCCESS"}
    assert driver.task_run("tell").branch is Branch.ERRORS
    assert driver.execution.state is State.FAILED


def test_final_tasks_run_whatever_happened() -> None:
    for failing in ((), ("a",)):
        assert run(failing, tasks=[work("a")], **{"finally": [work("tidy")]}).states()["tidy"] == "SUCCESS"


def test_a_final_task_that_fails_fails_the_execution() -> None:
    assert run(("tidy",), tasks=[work("a")], **{"finally": [work("tidy")]}).execution.state is State.FAILED


def test_tasks_after_the_execution_run_when_it_has_ended_and_change_nothing() -> None:
    driver = Driver(tree({"tasks": [work("a")], "afterExecution": [work("after")]})).begin()
    driver.end("a")
    assert (driver.execution.state, driver.execution.done) == (State.SUCCESS, False)
    driver.end("after", failed=True)
    assert (driver.execution.state, driver.execution.done) == (State.SUCCESS, True)


def test_a_disabled_task_gets_no_task_run() -> None:
    assert run(tasks=[work("a", disabled=True), work("b")]).states() == {"b": "SUCCESS"}


def test_a_flow_whose_tasks_are_all_disabled_succeeds() -> None:
    driver = run(tasks=[work("a", disabled=True), row("r", work("b", disabled=True))])
    assert driver.states() == {"r": "SUCCESS"}
    assert driver.execution.state is State.SUCCESS


@pytest.mark.parametrize("condition", ["false", "0", "-0", "", "no value at all"])
def test_a_task_whose_condition_does_not_hold_is_skipped(condition: str) -> None:
    expected = "SUCCESS" if condition == "no value at all" else "SKIPPED"
    assert run(tasks=[work("a", runIf=condition), work("b")]).states() == {"a": expected, "b": "SUCCESS"}


def test_a_condition_that_cannot_be_evaluated_fails_its_task() -> None:
    driver = run(tasks=[work("a", runIf="{{ broken }}"), work("b")])
    assert driver.states() == {"a": "FAILED"}
    assert driver.task_run("a").message == "runIf cannot be evaluated: broken"


def test_an_allowed_failure_is_a_warning_and_the_flow_goes_on() -> None:
    driver = run(("a",), tasks=[work("a", allowFailure=True), work("b")])
    assert driver.states() == {"a": "WARNING", "b": "SUCCESS"}
    assert driver.execution.state is State.WARNING


def test_an_allowed_warning_is_a_success() -> None:
    driver = run(("a",), tasks=[work("a", allowFailure=True, allowWarning=True)])
    assert (driver.states(), driver.execution.state) == ({"a": "SUCCESS"}, State.SUCCESS)


def test_a_failure_inside_a_flowable_is_the_flowables() -> None:
    driver = run(("b",), tasks=[row("r", work("a"), work("b"), work("c"), errors=[work("e")]), work("d")])
    assert driver.states() == {"r": "FAILED", "a": "SUCCESS", "b": "FAILED", "e": "SUCCESS"}


def test_a_flowable_may_be_allowed_to_fail() -> None:
    driver = run(("a",), tasks=[row("r", work("a"), allowFailure=True), work("b")])
    assert driver.states() == {"r": "WARNING", "a": "FAILED", "b": "SUCCESS"}


def test_siblings_of_a_failure_run_to_their_end() -> None:
    driver = Driver(tree({"tasks": [fan("f", work("a"), work("b"))]})).begin()
    driver.end("a", failed=True)
    assert driver.execution.state is State.RUNNING
    driver.end("b")
    assert driver.states() == {"f": "FAILED", "a": "FAILED", "b": "SUCCESS"}


def test_a_retry_waits_and_then_gives_a_new_attempt() -> None:
    driver = Driver(tree({"tasks": [work("a", retry=RETRY)]})).begin()
    driver.end("a", failed=True)
    assert (driver.task_run("a").state, driver.execution.state) == (State.RETRYING, State.RETRYING)
    (timer,) = driver.timers
    assert timer.at == driver.now + timedelta(seconds=1)
    driver.give(TimerFired(timer.purpose, timer.subject, 1))
    driver.end("a")
    assert [attempt.state for attempt in driver.task_run("a").attempts] == [State.FAILED, State.SUCCESS]
    assert driver.execution.state is State.SUCCESS


def test_a_retry_that_is_used_up_fails() -> None:
    driver = run(("a",), tasks=[work("a", retry=RETRY)])
    assert len(driver.task_run("a").attempts) == 3
    assert driver.execution.state is State.FAILED


def test_a_success_after_a_retry_may_count_as_a_warning() -> None:
    driver = Driver(tree({"tasks": [work("a", retry={**RETRY, "warningOnRetry": True})]})).begin()
    driver.end("a", failed=True)
    driver.give(TimerFired(Purpose.RETRY, driver.task_run("a").id, 1))
    driver.end("a")
    assert driver.execution.state is State.WARNING


@pytest.mark.parametrize("place", ["task", "flowable", "flow"])
def test_the_nearest_retry_holds(place: str) -> None:
    inner = work("a", **({"retry": RETRY} if place == "task" else {}))
    outer = row("r", inner, **({"retry": RETRY} if place == "flowable" else {}))
    driver = run(("a",), tasks=[outer], **({"retry": RETRY} if place == "flow" else {}))
    assert len(driver.task_run("a").attempts) == 3


def test_a_lost_attempt_is_run_again_at_once_and_does_not_use_up_the_retry() -> None:
    driver = Driver(tree({"tasks": [work("a")]})).begin()
    driver.give(AttemptStarted(driver.task_run("a").id, 1))
    driver.give(AttemptLost(driver.task_run("a").id, 1))
    assert [(attempt.number, attempt.lost) for attempt in driver.task_run("a").attempts] == [(1, True), (2, False)]
    driver.end("a")
    assert driver.execution.state is State.SUCCESS


def test_a_task_whose_worker_is_lost_too_often_fails() -> None:
    driver = Driver(tree({"tasks": [work("a")]})).begin()
    for number in range(1, LOST_LIMIT + 1):
        driver.give(AttemptStarted(driver.task_run("a").id, number))
        driver.give(AttemptLost(driver.task_run("a").id, number))
    assert driver.task_run("a").message == f"the worker was lost {LOST_LIMIT} times"
    assert driver.execution.state is State.FAILED


def test_a_late_report_of_a_lost_attempt_changes_nothing() -> None:
    driver = Driver(tree({"tasks": [work("a")]})).begin()
    run_id = driver.task_run("a").id
    driver.give(AttemptStarted(run_id, 1))
    driver.give(AttemptLost(run_id, 1))
    before = driver.execution
    step = driver.give(report(run_id, 1, failed=False))
    assert (step.changed, step.execution is before) == (False, True)


def test_a_claim_holds_once() -> None:
    driver = Driver(tree({"tasks": [work("a")]})).begin()
    event = AttemptStarted(driver.task_run("a").id, 1)
    assert driver.give(event).changed
    assert not driver.give(event).changed


def test_a_kill_ends_what_waits_and_asks_for_the_end_of_what_runs() -> None:
    driver = Driver(tree({"tasks": [fan("f", work("a"), work("b")), work("c")]})).begin()
    driver.give(AttemptStarted(driver.task_run("a").id, 1))
    driver.give(KillAsked())
    assert driver.states() == {"f": "KILLING", "a": "KILLING", "b": "KILLED"}
    assert [cancel.task_run_id for cancel in driver.cancels] == [driver.task_run("a").id]
    driver.give(report(driver.task_run("a").id, 1, failed=True))
    assert driver.states() == {"f": "KILLED", "a": "KILLED", "b": "KILLED"}
    assert (driver.execution.state, driver.execution.done) == (State.KILLED, True)


def test_a_kill_while_a_retry_waits_ends_at_once() -> None:
    driver = Driver(tree({"tasks": [work("a", retry=RETRY)]})).begin()
    driver.end("a", failed=True)
    driver.give(KillAsked())
    assert driver.execution.state is State.KILLED
    assert not driver.give(TimerFired(Purpose.RETRY, driver.task_run("a").id, 1)).changed


def test_a_kill_before_the_beginning_ends_the_execution() -> None:
    driver = Driver(tree({"tasks": [work("a")]}))
    driver.give(KillAsked())
    assert (driver.execution.state, driver.execution.done) == (State.KILLED, True)
    assert not driver.give(Created()).changed


def test_a_lost_worker_of_a_killed_attempt_ends_the_kill() -> None:
    driver = Driver(tree({"tasks": [work("a")]})).begin()
    driver.give(AttemptStarted(driver.task_run("a").id, 1))
    driver.give(KillAsked())
    driver.give(AttemptLost(driver.task_run("a").id, 1))
    assert driver.execution.state is State.KILLED


def test_tasks_after_the_execution_run_after_a_kill_too() -> None:
    driver = Driver(tree({"tasks": [work("a")], "afterExecution": [work("after")]})).begin()
    driver.give(KillAsked())
    assert driver.execution.state is State.KILLED
    driver.end("after")
    assert driver.execution.done


def test_an_ended_execution_ignores_everything() -> None:
    driver = run(tasks=[work("a")])
    run_id = driver.task_run("a").id
    for event in (
        Created(),
        KillAsked(),
        AttemptStarted(run_id, 1),
        AttemptSucceeded(run_id, 1),
        TimerFired(Purpose.RETRY, "x", 1),
    ):
        assert not driver.give(event).changed


def test_a_type_that_is_not_installed_fails_its_task_with_its_name() -> None:
    driver = run(tasks=[{"id": "a", "type": "io.example.Unknown"}])
    assert driver.task_run("a").message == "the task type `io.example.Unknown` is not installed"


def test_outputs_are_made_at_the_end() -> None:
    outputs = [{"id": "number", "type": "INT", "value": "42"}, {"id": "none", "type": "STRING", "value": None}]
    driver = run(tasks=[work("a")], outputs=outputs[:1])
    assert driver.execution.outputs == {"number": 42}


@pytest.mark.parametrize(("value", "reason"), [("{{ broken }}", "broken"), ("many", "it must be a whole number")])
def test_an_output_that_cannot_be_made_fails_the_execution(value: str, reason: str) -> None:
    driver = run(tasks=[work("a")], outputs=[{"id": "number", "type": "INT", "value": value}])
    assert driver.execution.state is State.FAILED
    assert driver.execution.message == f"output `number` cannot be made: {reason}"


def test_a_hundred_nested_flowables_are_no_deeper_than_one() -> None:
    task = work("leaf")
    for level in range(100):
        task = row(f"r{level}", task)
    driver = run(tasks=[task])
    assert driver.execution.state is State.SUCCESS


@pytest.mark.parametrize(
    ("value", "truth"),
    [(None, False), ("", False), ("false", False), (False, False), (0, False), ("-0", False), ("no", True), (1, True)],
)
def test_truth_is_the_flow_languages(value: object, truth: bool) -> None:
    assert is_true(value) is truth
