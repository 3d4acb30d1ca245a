"""Log entries are appended, read from where a reader left off, and purged, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from gitops.execution.services.past_entries import PastEntries
from gitops.language.scalars import Level
from gitops.store.logs import LogEntry
from gitops.store.store import Store
from tests.replacing import replace
from tests.store.samples import created, execution, later, save

_LINE = LogEntry(
    id=None,
    execution_id="e",
    task_run_id="run",
    task_id="work",
    attempt=1,
    at=later(0),
    level=Level.INFO,
    message="line",
)


@pytest.fixture
def lines(store: Store) -> list[LogEntry]:
    """One line of each level, the even ones of another task; and one of another execution."""
    written = [
        replace(_LINE, level=level, at=later(place), message=f"line {place}", task_id="work" if place % 2 else "other")
        for place, level in enumerate(Level)
    ]
    with store.database.write() as connection:
        store.logs.append(connection, [*written, replace(_LINE, execution_id="f", task_run_id=None, task_id=None)])
    return written


def _page(store: Store, **wanted: object) -> list[LogEntry]:
    with store.database.read() as connection:
        return store.logs.page(connection, "e", **wanted)  # type: ignore[arg-type]  # tests name what they want


def test_entries_are_read_as_they_were_written_with_rising_ids(store: Store, lines: list[LogEntry]) -> None:
    found = _page(store)
    assert [replace(entry, id=None) for entry in found] == lines
    ids = [entry.id for entry in found if entry.id is not None]
    assert ids == sorted(set(ids))
    assert len(ids) == len(lines)
    with store.database.read() as connection:
        (other,) = store.logs.page(connection, "f")
    assert other.task_id is None
    assert isinstance(found[0].level, Level)


def test_a_reader_goes_on_where_it_left_off(store: Store, lines: list[LogEntry]) -> None:
    first = _page(store, limit=2)
    assert [entry.message for entry in first] == ["line 0", "line 1"]
    assert [entry.message for entry in _page(store, after=first[-1].id)] == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"min_level": Level.WARN}, [3, 4]),
        ({"task_id": "work"}, [1, 3]),
        ({"task_id": "work", "min_level": Level.WARN}, [3]),
        ({"task_run_id": "run"}, [0, 1, 2, 3, 4]),
        ({"task_run_id": "nobody"}, []),
    ],
)
def test_entries_are_picked_by_level_and_task(
    store: Store, lines: list[LogEntry], wanted: dict[str, object], found: list[int]
) -> None:
    assert _page(store, **wanted) == [_page(store)[place] for place in found]
    with store.database.read() as connection:
        assert store.logs.count(connection, "e", **wanted) == len(found)  # type: ignore[arg-type]  # as above


def test_any_output_of_a_process_can_be_logged(store: Store) -> None:
    with store.database.write() as connection:
        store.logs.append(connection, [replace(_LINE, message="a\0b \udcff"), replace(_LINE, message="")])
        store.logs.append(connection, [])
    assert [entry.message for entry in _page(store)] == ["a\ufffdb \ufffd", ""]


def test_the_newest_entries_are_read_backwards_and_told_forwards(store: Store, lines: list[LogEntry]) -> None:
    everything = _page(store)
    with store.database.read() as connection:
        newest = store.logs.newest(connection, "e", limit=2)
        before = store.logs.newest(connection, "e", before=newest[0].id, limit=2)
        warnings = store.logs.newest(connection, "e", min_level=Level.WARN, limit=1)
    assert newest == everything[-2:]
    assert before == everything[-4:-2]
    assert warnings == [entry for entry in everything if entry.level in (Level.WARN, Level.ERROR)][-1:]


def _purged(store: Store, *, levels: tuple[Level, ...] = (), limit: int = 100, **wanted: object) -> int:
    with store.database.write() as connection:
        given = PastEntries(**{"until": later(9), **wanted})  # type: ignore[arg-type]  # tests name what they want
        return store.logs.purge(connection, given, levels=levels, limit=limit)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 6),
        ({"until": later(2)}, 4),
        ({"since": later(3)}, 2),
        ({"since": later(2), "until": later(2)}, 1),
        ({"execution_id": "e"}, 5),
        ({"execution_id": "e", "levels": (Level.INFO, Level.ERROR)}, 2),
        ({"limit": 2}, 2),
        ({"namespace": "team"}, 0),
        ({"flow_id": "hello"}, 0),
    ],
)
def test_entries_are_purged_by_when_and_what_they_are(
    store: Store, lines: list[LogEntry], wanted: dict[str, object], count: int
) -> None:
    assert _purged(store, **wanted) == count  # type: ignore[arg-type]  # as above
    with store.database.read() as connection:
        left = store.logs.count(connection, "e") + store.logs.count(connection, "f")
    assert left == 6 - count


def test_the_oldest_entries_are_purged_first(store: Store, lines: list[LogEntry]) -> None:
    assert _purged(store, execution_id="e", limit=2) == 2
    assert [entry.message for entry in _page(store)] == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize(
    ("place", "left"),
    [
        ({"namespace": "team"}, ["tea", "teams"]),
        ({"namespace": "team", "flow_id": "hello"}, ["tea", "team.a", "team2", "teams"]),
        ({"flow_id": "other"}, ["tea", "team", "team.a", "teams"]),
        ({"namespace": "team.a"}, ["tea", "team", "team2", "teams"]),
    ],
)
def test_entries_are_purged_by_where_their_execution_is(store: Store, place: dict[str, Any], left: list[str]) -> None:
    flows = {"tea": "hello", "team": "hello", "team.a": "hello", "teams": "hello"}
    for namespace, flow_id in flows.items():
        save(store, created(execution(id=namespace, namespace=namespace, flow_id=flow_id)))
    save(store, created(execution(id="team2", namespace="team", flow_id="other")))
    with store.database.write() as connection:
        store.logs.append(connection, [replace(_LINE, execution_id=id_) for id_ in (*flows, "team2")])
    _purged(store, **place)
    with store.database.read() as connection:
        assert [id_ for id_ in sorted((*flows, "team2")) if store.logs.count(connection, id_)] == left
