"""What task runs measured is read in its order and purged by where and when, on both databases."""

from __future__ import annotations

import pytest

from gitops.execution.services.past_entries import PastEntries
from gitops.store.metrics import Metric
from gitops.store.store import Store
from tests.store.samples import created, execution, later, save, task_run, with_run


@pytest.fixture(autouse=True)
def _measured(store: Store) -> None:
    """Of each of two executions: two measurements of one task run and one of another."""
    for id_, namespace in (("a", "team"), ("b", "team.sub")):
        plain = execution(id=id_, namespace=namespace)
        runs = [task_run(plain, id=f"{id_}{number}", task_id=f"t{number}", sequence=number) for number in (0, 1)]
        for run in runs:
            plain = with_run(plain, run)
        save(store, created(plain))
        metrics = [
            Metric(id_, runs[0], "counter", "rows", 3, {"table": "orders"}, later(1)),
            Metric(id_, runs[0], "timer", "load", 1.5, {}, later(2)),
            Metric(id_, runs[1], "gauge", "load", -0.5, {}, later(3)),
        ]
        store.journal.write(lambda connection, metrics=metrics: store.metrics.append(connection, metrics))  # type: ignore[misc]  # binds the list of each turn


def _left(store: Store) -> dict[str, int]:
    with store.database.read() as connection:
        return {id_: len(store.metrics.page(connection, id_)) for id_ in ("a", "b")}


def test_metrics_are_read_in_their_order(store: Store) -> None:
    with store.database.read() as connection:
        everything = store.metrics.page(connection, "a")
        second = store.metrics.search(connection, "a", page=2, size=2)
        of_task = store.metrics.search(connection, "a", task_id="t0")
        of_run = store.metrics.page(connection, "a", task_run_id="a1")
    assert [(each.kind, each.name, each.value, each.tags, each.at) for each in everything] == [
        ("counter", "rows", 3, {"table": "orders"}, later(1)),
        ("timer", "load", 1.5, {}, later(2)),
        ("gauge", "load", -0.5, {}, later(3)),
    ]
    assert (second.results, second.total) == (everything[2:], 3)
    assert of_task.results == everything[:2]
    assert of_run == everything[2:]


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({}, {"a": 0, "b": 0}),
        ({"until": later(2)}, {"a": 1, "b": 1}),
        ({"since": later(2), "until": later(2)}, {"a": 2, "b": 2}),
        ({"namespace": "team"}, {"a": 0, "b": 0}),
        ({"namespace": "team", "flow_id": "hello"}, {"a": 0, "b": 3}),
        ({"namespace": "team.sub"}, {"a": 3, "b": 0}),
        ({"execution_id": "b"}, {"a": 3, "b": 0}),
    ],
)
def test_metrics_are_purged(store: Store, wanted: dict[str, object], left: dict[str, int]) -> None:
    given = PastEntries(**{"until": later(9), **wanted})  # type: ignore[arg-type]  # tests name what they want
    count = store.journal.write(lambda connection: store.metrics.purge(connection, given, limit=100))
    assert _left(store) == left
    assert count == 6 - sum(left.values())


def test_some_are_purged_at_a_time(store: Store) -> None:
    given = PastEntries(until=later(9))
    counts = [store.journal.write(lambda connection: store.metrics.purge(connection, given, limit=4)) for _ in "abc"]
    assert counts == [4, 2, 0]
