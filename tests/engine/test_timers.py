"""Timers of the process: at a date, in an interval, replaced, cancelled, stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from gitops.engine import clock
from gitops.engine.timers import Timers


@pytest.fixture
def timers() -> Iterator[Timers]:
    timers = Timers()
    timers.start()
    yield timers
    timers.stop()


def test_a_call_comes_at_once_when_its_date_is_past(timers: Timers) -> None:
    called = threading.Event()
    timers.at("past", clock.now() - timedelta(days=30), called.set)
    assert called.wait(10)


def test_setting_a_name_again_replaces_its_timer(timers: Timers) -> None:
    first, second = threading.Event(), threading.Event()
    timers.at("name", clock.now() + timedelta(days=1), first.set)
    timers.at("name", clock.now(), second.set)
    assert second.wait(10)
    assert not first.is_set()


def test_a_cancelled_timer_does_not_fire_and_cancelling_twice_is_nothing(timers: Timers) -> None:
    cancelled, other = threading.Event(), threading.Event()
    timers.at("name", clock.now() + timedelta(seconds=0.2), cancelled.set)
    timers.cancel("name")
    timers.cancel("name")
    timers.at("other", clock.now() + timedelta(seconds=0.4), other.set)
    assert other.wait(10)
    assert not cancelled.is_set()


def test_an_interval_repeats(timers: Timers) -> None:
    calls = threading.Semaphore(0)
    timers.every("often", 0.02, calls.release)
    assert all(calls.acquire(timeout=10) for _ in range(3))


def test_a_call_that_sets_a_timer_while_the_timers_stop_does_not_hold_them_up() -> None:
    timers = Timers()
    timers.start()
    running, stopping = threading.Event(), threading.Event()

    def call() -> None:
        running.set()
        stopping.wait(10)
        timers.at("another", clock.now(), running.set)

    timers.at("first", clock.now(), call)
    assert running.wait(10)
    stopper = threading.Thread(target=timers.stop)
    stopper.start()
    stopping.set()
    stopper.join(10)
    assert not stopper.is_alive()
