from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gitops.errors import StoreFailed
from gitops.execution.state import CommitReference, Execution, Moment, State
from gitops.store.change import Change
from gitops.store.executions import ExecutionFilter
from gitops.store.store import Store
from tests.replacing import replace
from tests.store import record_strategies
from tests.store.samples import NOON, SHA, created, execution, later, load, save, task_run, with_run

_ids = (f"property{number}" for number in itertools.count())
_property = settings(
    deadline=None,
    max_examples=25,
    # The store is shared by the examples on purpose: each has an execution of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@_property
@given(st.data())
def test_what_was_saved_is_loaded_exactly(store: Store, data: st.DataObject) -> None:
    made = data.draw(record_strategies.executions(next(_ids)))
    save(store, created(made))
    assert load(store, made.id) == made


@_property
@given(st.data())
def test_an_execution_that_moved_is_loaded_exactly(store: Store, data: st.DataObject) -> None:
    """Two moves, each written with only what it touched; the second starts from what was loaded."""
    first = data.draw(record_strategies.executions(next(_ids)))
    second, moved = data.draw(record_strategies.moved_executions(first))
    save(store, created(first))
    save(store, Change(before=first, after=second, moved=moved))
    loaded = load(store, first.id)
    assert loaded == second
    third, moved = data.draw(record_strategies.moved_executions(loaded))
    save(store, Change(before=loaded, after=third, moved=moved))
    assert load(store, first.id) == third


def test_there_is_nothing_to_load_for_an_unknown_id(store: Store) -> None:
    with store.database.read() as connection:
        assert store.executions.load(connection, "nobody") is None


def test_task_runs_are_loaded_in_the_order_of_their_creation(store: Store) -> None:
    made = execution()
    for _ in range(3):
        made = with_run(made, task_run(made))
    save(store, created(made))
    assert [run.sequence for run in load(store, made.id).in_order()] == [0, 1, 2]


def test_an_execution_of_an_unknown_revision_is_refused(store: Store) -> None:
    with pytest.raises(StoreFailed, match=r"(?i)foreign key"):
        save(store, created(execution(revision=7)))


def _search(store: Store, page: int = 1, size: int = 25, **wanted: Any) -> list[str]:
    with store.database.read() as connection:
        found = store.executions.search(connection, ExecutionFilter(**wanted), page=page, size=size)
    assert found.total >= len(found.results)
    return [result.id for result in found.results]


@pytest.fixture
def four(store: Store) -> list[Execution]:
    """Four executions, the last one the newest."""
    ended = (Moment(State.CREATED, NOON), Moment(State.RUNNING, NOON), Moment(State.FAILED, later(9)))
    commit = CommitReference(repository="flows", sha=SHA)
    made = [
        execution(id="a", labels=(("team", "red"), ("env", "prod")), created_at=later(1)),
        execution(id="b", labels=(("team", "red"),), flow_id="other", created_at=later(2), commit=commit),
        execution(id="c", state=State.FAILED, moments=ended, namespace="team.sub", created_at=later(3)),
        execution(id="d", namespace="teams", created_at=later(3)),
    ]
    save(store, *map(created, made))
    return made


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "dcba"),
        ({"namespace": "team"}, "cba"),
        ({"namespace": "team.sub"}, "c"),
        ({"namespace": "tea"}, ""),
        ({"flow_id": "other"}, "b"),
        ({"states": [State.FAILED]}, "c"),
        ({"states": [State.FAILED, State.RUNNING]}, "dcba"),
        ({"labels": (("team", "red"),)}, "ba"),
        ({"labels": (("team", "red"), ("env", "prod"))}, "a"),
        ({"labels": (("team", "prod"),)}, ""),
        ({"commit": SHA}, "b"),
        ({"started_after": later(2)}, "dcb"),
        ({"started_before": later(2)}, "ba"),
        ({"started_after": later(2), "started_before": later(2)}, "b"),
    ],
)
def test_a_search_finds_what_fits_newest_first(
    store: Store, four: list[Execution], wanted: dict[str, Any], found: str
) -> None:
    assert _search(store, **wanted) == list(found)


def test_a_search_is_paged_and_counts_all(store: Store, four: list[Execution]) -> None:
    assert _search(store, page=1, size=3) == ["d", "c", "b"]
    assert _search(store, page=2, size=3) == ["a"]
    assert _search(store, page=3, size=3) == []
    with store.database.read() as connection:
        assert store.executions.search(connection, ExecutionFilter(), size=1).total == 4


def test_a_search_gives_executions_without_their_task_runs(store: Store) -> None:
    made = execution()
    save(store, created(with_run(made, task_run(made))))
    with store.database.read() as connection:
        assert store.executions.search(connection, ExecutionFilter()).results == [made]


def test_the_newest_execution_of_each_flow_is_found(store: Store, four: list[Execution]) -> None:
    newer = execution(id="e", created_at=later(5))
    save(store, created(newer))
    with store.database.read() as connection:
        found = store.executions.latest(connection, [("team", "hello"), ("team", "other"), ("team", "never")])
        assert store.executions.latest(connection, []) == {}
    assert found == {("team", "hello"): newer, ("team", "other"): four[1]}


def test_unfinished_are_those_that_are_not_done_oldest_first(store: Store) -> None:
    ended = (Moment(State.RUNNING, NOON), Moment(State.SUCCESS, NOON))
    after = execution(id="after", state=State.SUCCESS, moments=ended, created_at=later(2))
    done = execution(id="done", state=State.SUCCESS, moments=ended, done=True)
    save(store, *map(created, [after, done, execution(id="running", created_at=later(1))]))
    with store.database.read() as connection:
        assert store.executions.unfinished(connection) == ["running", "after"]


def test_new_labels_replace_the_old_ones_in_searches(store: Store) -> None:
    made = execution(labels=(("a", "1"), ("a", "1"), ("b", "2")))
    save(store, created(made))
    save(store, Change(before=made, after=replace(made, labels=(("b", "3"),))))
    assert _search(store, labels=(("a", "1"),)) == []
    assert _search(store, labels=(("b", "3"),)) == [made.id]


def test_labels_that_differ_only_in_what_cannot_be_stored_are_no_problem(store: Store) -> None:
    made = execution(labels=(("a", "\0"), ("a", "\ufffd")))
    save(store, created(made))
    assert load(store, made.id).labels == made.labels
