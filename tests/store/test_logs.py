from __future__ import annotations

import pytest

from gitops.language.scalars import Level
from gitops.store.logs import LogEntry
from gitops.store.store import Store
from tests.replacing import replace
from tests.store.samples import later

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
