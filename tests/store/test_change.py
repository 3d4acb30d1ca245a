from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from gitops.execution.effects import Purpose, SetTimer
from gitops.execution.events import AttemptStarted, Created, TimerFired
from gitops.execution.state import Attempt, Execution, Moment, Progress, State
from gitops.store.change import Change
from gitops.store.database import Connection
from gitops.store.store import Store
from tests.replacing import replace
from tests.store.samples import NOON, add_flow, created, execution, later, load, save, task_run, with_run


@pytest.fixture
def statements() -> Iterator[list[tuple[str, int]]]:
    """Each statement that is run: its first three words, and how many rows it is given."""
    seen: list[tuple[str, int]] = []

    def note(_connection: Connection, _cursor: object, sql: str, parameters: object, *_: object) -> None:
        rows = len(parameters) if isinstance(parameters, list) else 1
        seen.append((" ".join(sql.split()[:3]), rows))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def _running() -> Execution:
    made = execution()
    return with_run(made, task_run(made))


def _only_run(of: Execution) -> str:
    return next(iter(of.task_runs))


def test_many_new_executions_take_one_statement_for_each_table(store: Store, statements: list[tuple[str, int]]) -> None:
    made = [_running() for _ in range(50)]
    with store.database.write() as connection:
        add_flow(connection)
        statements.clear()
        store.executions.save(
            connection,
            [Change(before=None, after=one, moved=one.task_runs.keys(), events=[(NOON, Created())]) for one in made],
        )
    assert [entry for entry in statements if entry[0] != "COMMIT"] == [
        ("INSERT INTO executions", 50),
        ("INSERT INTO task_runs", 50),
        ("INSERT INTO attempts", 50),
        ("INSERT INTO history", 50),
    ]


def test_only_what_moved_is_written(store: Store, statements: list[tuple[str, int]]) -> None:
    before = _running()
    save(store, created(before))
    run = before.task_runs[_only_run(before)]
    after = with_run(before, replace(run, message="slow"))
    with store.database.write() as connection:
        statements.clear()
        store.executions.save(connection, [Change(before=before, after=after, moved=[run.id])])
    assert statements == [("UPDATE task_runs SET", 1)]
    assert load(store, before.id) == after


@pytest.mark.parametrize(
    "moved",
    [{"outputs": {"a": 1}}, {"message": "no"}, {"progress": Progress(outcome=State.WARNING)}, {"done": True}],
    ids=lambda moved: next(iter(moved)),
)
def test_each_thing_that_moves_is_noticed(store: Store, moved: dict[str, Any]) -> None:
    before = execution(state=State.SUCCESS, moments=(Moment(State.SUCCESS, NOON),))
    save(store, created(before))
    after = replace(before, **moved)
    save(store, Change(before=before, after=after))
    assert load(store, before.id) == after


def test_a_new_attempt_does_not_write_the_earlier_ones_again(store: Store, statements: list[tuple[str, int]]) -> None:
    made = execution()
    ended = tuple(Attempt(n, State.FAILED, NOON, NOON, "no") for n in range(1, 20))
    run = task_run(made, attempts=(*ended, Attempt(20, State.RUNNING, NOON)))
    before = with_run(made, run)
    save(store, created(before))
    last = replace(run.attempts[-1], state=State.FAILED, ended_at=later(2))
    after = with_run(before, replace(run, attempts=(*run.attempts[:-1], last, Attempt(21))))
    with store.database.write() as connection:
        statements.clear()
        store.executions.save(connection, [Change(before=before, after=after, moved=[run.id])])
    assert statements == [("UPDATE task_runs SET", 1), ("INSERT INTO attempts", 2)]
    assert load(store, before.id) == after


def test_several_changes_of_one_execution_in_a_batch_are_written_as_one(store: Store) -> None:
    first = _running()
    run = first.task_runs[_only_run(first)]
    second = with_run(first, replace(run, message="one"))
    other = task_run(second)
    third = with_run(second, other)
    save(
        store,
        Change(before=None, after=first, moved=[run.id], events=[(NOON, Created())]),
        Change(before=first, after=second, moved=[run.id], events=[(later(1), AttemptStarted(run.id, 1))]),
        Change(before=second, after=third, moved=[other.id]),
    )
    assert load(store, first.id) == third
    with store.database.read() as connection:
        history = store.executions.history(connection, first.id)
    assert [(entry.name, entry.at) for entry in history] == [("Created", NOON), ("AttemptStarted", later(1))]
    assert history[1].event == {"task_run_id": run.id, "attempt": 1}


def test_no_changes_are_no_statements(store: Store, statements: list[tuple[str, int]]) -> None:
    with store.database.write() as connection:
        statements.clear()
        store.executions.save(connection, [])
    assert statements == []


def _timers(store: Store) -> list[tuple[str, SetTimer]]:
    with store.database.read() as connection:
        return store.timers.due(connection)


def test_a_timer_stays_until_it_has_fired(store: Store) -> None:
    before = _running()
    run_id = _only_run(before)
    timer = SetTimer(later(60), Purpose.RETRY, run_id, 1)
    save(store, replace(created(before), timers=[timer]))
    assert _timers(store) == [(before.id, timer)]
    save(store, Change(before=before, after=before, events=[(later(60), TimerFired(Purpose.RETRY, run_id, 1))]))
    assert _timers(store) == []


def test_the_timers_of_an_execution_that_is_done_are_dropped(store: Store) -> None:
    before, other = _running(), _running()
    timers = [SetTimer(later(60), Purpose.RETRY, _only_run(one), 1) for one in (before, other)]
    save(store, *(replace(created(one), timers=[timer]) for one, timer in zip((before, other), timers, strict=True)))
    moments = (*before.moments, Moment(State.KILLED, later(2)))
    after = replace(before, state=State.KILLED, moments=moments, done=True)
    save(store, Change(before=before, after=after))
    assert _timers(store) == [(other.id, timers[1])]
