"""The queue of this process."""

from __future__ import annotations

import threading

import pytest

from gitops.engine.queues.local import LocalQueue
from gitops.engine.queues.queue import Assignment

ONE, TWO = Assignment("e", "t", 1), Assignment("e", "t", 2)


def test_what_was_put_before_the_start_is_worked_on_after_it() -> None:
    queue = LocalQueue(1)
    seen: list[Assignment] = []
    both = threading.Event()

    def work(assignment: Assignment) -> None:
        seen.append(assignment)
        if assignment is TWO:
            both.set()

    queue.put(ONE)
    queue.start(work)
    queue.put(TWO)
    assert both.wait(10)
    queue.stop()
    assert seen == [ONE, TWO]


def test_a_worker_that_cannot_report_is_told(caplog: pytest.LogCaptureFixture) -> None:
    def work(_assignment: Assignment) -> None:
        raise RuntimeError("the store is closed")

    queue = LocalQueue(1)
    queue.start(work)
    queue.put(ONE)
    queue.stop()
    assert "an attempt could not be worked on: the store is closed" in caplog.text


def test_a_worker_can_be_kept_while_one_is_free() -> None:
    queue, go, began = LocalQueue(1), threading.Event(), threading.Event()
    assert not queue.reserve(), "nothing begins before the start"

    def work(_assignment: Assignment) -> None:
        began.set()
        go.wait(10)

    queue.start(work)
    assert queue.reserve()
    assert not queue.reserve(), "it is kept for somebody else"
    queue.give_back()
    assert queue.reserve()
    queue.put(ONE, reserved=True)
    assert began.wait(10)
    assert not queue.reserve(), "it works"
    queue.put(TWO)
    go.set()
    queue.stop()


def test_a_worker_is_free_again_after_its_work() -> None:
    queue = LocalQueue(1)
    queue.start(lambda _assignment: None)
    queue.put(ONE)
    queue.put(TWO)
    queue.stop()
    assert queue.reserve()
