"""Names with dates: one timer for the earliest, each name once, a new date over the old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

import pytest

from gitops.engine import clock
from gitops.engine.agenda import Agenda
from gitops.engine.timers import Timers
from gitops.errors import StoreUnavailable
from tests.engine.triggers.trigger_bench import SetTimers

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> SetTimers:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return SetTimers()


@pytest.fixture
def acted() -> SimpleQueue[str]:
    return SimpleQueue()


@pytest.fixture
def agenda(timers: Timers, acted: SimpleQueue[str]) -> Iterator[Agenda[str]]:
    agenda = Agenda("names", timers, acted.put, threads=1)
    yield agenda
    agenda.stop()


def ring(timers: SetTimers) -> Callable[[], None]:
    """What the timer calls."""
    return timers.set["names"][1]


def test_the_timer_is_set_for_the_earliest_date(agenda: Agenda[str], timers: SetTimers) -> None:
    agenda.set("late", NOON + 2 * MINUTE)
    assert timers.set["names"][0] == NOON + 2 * MINUTE
    agenda.set("early", NOON + MINUTE)
    assert timers.set["names"][0] == NOON + MINUTE


def test_what_is_due_is_acted_on_once_in_order(agenda: Agenda[str], timers: SetTimers, acted: SimpleQueue[str]) -> None:
    for name, minutes in {"second": -1, "first": -2, "later": 5}.items():
        agenda.set(name, NOON + minutes * MINUTE)
    ring(timers)()
    assert [acted.get(timeout=5), acted.get(timeout=5)] == ["first", "second"]
    assert agenda.dates() == {"later": NOON + 5 * MINUTE}
    assert timers.set["names"][0] == NOON + 5 * MINUTE


def test_a_new_date_replaces_the_old_one(agenda: Agenda[str], timers: SetTimers, acted: SimpleQueue[str]) -> None:
    agenda.set("name", NOON - MINUTE)
    agenda.set("name", NOON + MINUTE)
    agenda.set("other", NOON)
    ring(timers)()
    assert acted.get(timeout=5) == "other"
    assert agenda.dates() == {"name": NOON + MINUTE}


def test_what_was_dropped_or_replaced_is_not_acted_on(
    agenda: Agenda[str], timers: SetTimers, acted: SimpleQueue[str]
) -> None:
    agenda.set("dropped", NOON)
    agenda.drop("dropped")
    agenda.set("gone", NOON)
    agenda.replace({"new": NOON})
    ring(timers)()
    assert acted.get(timeout=5) == "new"
    assert acted.empty()


def test_one_that_fails_does_not_silence_the_others(timers: SetTimers, acted: SimpleQueue[str]) -> None:
    def act(name: str) -> None:
        if name == "bad":
            raise RuntimeError("a mistake")
        acted.put(name)

    agenda = Agenda("names", timers, act, threads=1)
    agenda.replace({"bad": NOON - MINUTE, "good": NOON})
    ring(timers)()
    assert acted.get(timeout=5) == "good"
    agenda.stop()


def test_after_a_stop_nothing_is_acted_on(agenda: Agenda[str], timers: SetTimers, acted: SimpleQueue[str]) -> None:
    agenda.set("name", NOON)
    call = ring(timers)
    agenda.stop()
    call()
    assert acted.empty()


def test_real_timers_ring(acted: SimpleQueue[str]) -> None:
    timers = Timers()
    timers.start()
    agenda = Agenda("names", timers, acted.put, threads=1)
    agenda.set("name", clock.now() + timedelta(milliseconds=50))
    assert acted.get(timeout=10) == "name"
    timers.stop()
    agenda.stop()


def test_what_the_store_refuses_is_tried_again_a_little_later(timers: SetTimers) -> None:
    tried: SimpleQueue[str] = SimpleQueue()

    def act(name: str) -> None:
        tried.put(name)
        raise StoreUnavailable("the disk is full")

    agenda = Agenda("names", timers, act, threads=1)
    agenda.set("name", NOON - MINUTE)
    ring(timers)()
    assert tried.get(timeout=5) == "name"
    agenda._threads.shutdown(wait=True)
    assert agenda.dates() == {"name": NOON + timedelta(seconds=5)}
    agenda.stop()
