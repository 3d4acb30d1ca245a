from __future__ import annotations

import pytest

from gitops.execution.effects import Purpose, SetTimer
from gitops.execution.state import Execution
from gitops.store.store import Store
from tests.store.samples import created, execution, later, save


@pytest.fixture
def running(store: Store) -> Execution:
    made = execution()
    save(store, created(made))
    return made


def test_timers_are_due_in_the_order_of_their_dates(store: Store, running: Execution) -> None:
    early, middle, late = (
        SetTimer(later(1), Purpose.RETRY, "b", 1),
        SetTimer(later(2), Purpose.RETRY, "a", 2),
        SetTimer(later(3), Purpose.RETRY, "a", 1),
    )
    with store.database.write() as connection:
        assert store.timers.next(connection) is None
        store.timers.add(connection, running.id, [late, early, middle])
        assert store.timers.next(connection) == later(1)
        every = [(running.id, timer) for timer in (early, middle, late)]
        assert store.timers.due(connection) == every
        assert store.timers.due(connection, before=later(2)) == every[:2]


def test_a_timer_is_moved_by_setting_it_again(store: Store, running: Execution) -> None:
    with store.database.write() as connection:
        store.timers.add(connection, running.id, [SetTimer(later(1), Purpose.RETRY, "a", 1)])
        store.timers.add(connection, running.id, [SetTimer(later(9), Purpose.RETRY, "a", 1)])
        store.timers.add(connection, running.id, [])
        assert store.timers.due(connection) == [(running.id, SetTimer(later(9), Purpose.RETRY, "a", 1))]
