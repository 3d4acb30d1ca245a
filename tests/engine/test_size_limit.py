"""The most data that one execution may hold: what is too much is refused or fails, and says so."""

from __future__ import annotations

import pytest

from gitops.engine.size_limit import SizeLimit
from gitops.errors import InvalidInputs
from gitops.execution.events import AttemptFailed, AttemptStarted, AttemptSucceeded
from tests.execution.forest import Driver, new_execution, tree, work
from tests.replacing import replace

_LIMIT = 40


def running(**inputs: object) -> Driver:
    """An execution whose two tasks have begun, one after the other."""
    driver = Driver(tree({"tasks": [work("first"), work("second")]}), replace(new_execution(), inputs=inputs)).begin()
    start(driver, "first")
    return driver


def start(driver: Driver, task_id: str) -> None:
    driver.give(AttemptStarted(driver.task_run(task_id).id, 1))


def success(driver: Driver, task_id: str, text: str, attempt: int = 1) -> AttemptSucceeded:
    return AttemptSucceeded(driver.task_run(task_id).id, attempt, {"value": text})


def test_large_inputs_are_refused_and_the_largest_is_named() -> None:
    with pytest.raises(InvalidInputs) as refused:
        SizeLimit(_LIMIT).refuse_large({"small": 1, "large": "x" * 50})
    assert [problem.id for problem in refused.value.problems] == ["large"]
    assert str(refused.value) == (
        "Message of size 75 has exceeded the configured limit of 40; give large data as a file"
    )
    SizeLimit(_LIMIT).refuse_large({"small": 1})
    SizeLimit().refuse_large({"large": "x" * 50})


def test_outputs_that_are_too_large_fail_their_attempt() -> None:
    driver = running()
    event = success(driver, "first", "x" * 50)
    failed = SizeLimit(_LIMIT).checked(driver.execution, event)
    assert failed == AttemptFailed(
        event.task_run_id,
        1,
        "Unable to emit the worker task result to the queue: Message of size 65 has exceeded the configured limit of "
        "40; put large data into a file and hand out its address",
    )
    assert SizeLimit().checked(driver.execution, event) is event


def test_what_is_held_already_counts_also_after_a_restart() -> None:
    driver, limit = running(), SizeLimit(_LIMIT)
    first = success(driver, "first", "x" * 12)
    assert limit.checked(driver.execution, first) is first
    driver.give(first)
    start(driver, "second")
    second = success(driver, "second", "x" * 12)
    assert isinstance(limit.checked(driver.execution, second), AttemptFailed)
    assert isinstance(SizeLimit(_LIMIT).checked(driver.execution, second), AttemptFailed)


def test_inputs_count_too() -> None:
    driver = running(text="x" * 12)
    assert isinstance(SizeLimit(_LIMIT).checked(driver.execution, success(driver, "first", "x" * 12)), AttemptFailed)


def test_late_news_of_another_attempt_is_not_counted() -> None:
    driver, limit = running(), SizeLimit(_LIMIT)
    late = success(driver, "first", "x" * 12, attempt=2)
    assert limit.checked(driver.execution, late) is late
    current = success(driver, "first", "x" * 12)
    assert limit.checked(driver.execution, current) is current
