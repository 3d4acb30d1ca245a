"""Key-value pairs are kept with their types, expire, and are inherited, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gitops.store.key_values import KeyValue, lineage
from gitops.store.store import Store
from tests.store.samples import later


def _put(store: Store, namespace: str, key: str, value: object = 1, **more: object) -> KeyValue:
    given = {"now": later(0), **more}
    with store.database.write(durable=True) as connection:
        return store.key_values.put(connection, namespace, key, value=value, **given)  # type: ignore[arg-type]  # tests name what they want


def _find(store: Store, namespace: str, key: str, *, second: int = 1, above: bool = False) -> object:
    with store.database.read() as connection:
        pair = store.key_values.find(connection, namespace, key, now=later(second), above=above)
    return None if pair is None else pair.value


@pytest.mark.parametrize(
    "value",
    [
        "1",
        "",
        1,
        1.5,
        True,
        None,
        datetime(2026, 1, 31, 12, 30, 15, 123456, tzinfo=UTC),
        date(2026, 1, 31),
        timedelta(days=400, microseconds=1),
        {"a": [1, {"b": None}], "at": date(2026, 1, 31)},
        [],
        "a\0b \ud800",
    ],
    ids=repr,
)
def test_a_value_is_read_back_with_its_type(store: Store, value: object) -> None:
    _put(store, "team", "key", value)
    with store.database.read() as connection:
        pair = store.key_values.get(connection, "team", "key")
    assert pair is not None
    assert pair.value == value
    assert type(pair.value) is type(value)


def test_a_new_value_keeps_the_date_of_the_first_one(store: Store) -> None:
    first = _put(store, "team", "key", "old", description="why", expires_at=later(5))
    second = _put(store, "team", "key", "new", now=later(2))
    assert (first.revision, first.created_at, first.updated_at, first.description) == (1, later(0), later(0), "why")
    assert (second.revision, second.created_at, second.updated_at) == (2, later(0), later(2))
    assert (second.description, second.expires_at) == (None, None)
    with store.database.read() as connection:
        assert store.key_values.get(connection, "team", "key") == second


def test_a_pair_whose_time_is_over_is_missing_and_begins_anew(store: Store) -> None:
    _put(store, "team", "key", "old", expires_at=later(5))
    assert _find(store, "team", "key", second=4) == "old"
    assert _find(store, "team", "key", second=5) is None
    with store.database.read() as connection:
        kept = store.key_values.get(connection, "team", "key")
    assert kept is not None
    assert kept.expired(later(5))
    assert _put(store, "team", "key", "new", now=later(6)).revision == 1


def test_keys_are_inherited_from_the_nearest_namespace_above(store: Store) -> None:
    _put(store, "company", "key", "far")
    _put(store, "company.team", "key", "near", expires_at=later(5))
    _put(store, "company.tea", "key", "other")
    assert _find(store, "company.team.sub", "key", above=True) == "near"
    assert _find(store, "company.team.sub", "key", above=True, second=9) == "far"
    assert _find(store, "company.team.sub", "key") is None
    assert lineage("a.b.c") == ["a.b.c", "a.b", "a"]


def test_pairs_are_listed_without_those_whose_time_is_over(store: Store) -> None:
    for namespace, key in (("b", "x"), ("a", "y"), ("a", "x"), ("a.c", "z"), ("ab", "z")):
        _put(store, namespace, key)
    _put(store, "a", "gone", expires_at=later(1))
    with store.database.read() as connection:
        live = store.key_values.live(connection, ["a", "b"], now=later(1))
        page = store.key_values.search(connection, now=later(1), page=2, size=2)
        below = store.key_values.search(connection, now=later(1), namespace="a", page=1, size=9)
    assert [(pair.namespace, pair.key) for pair in live] == [("a", "x"), ("a", "y"), ("b", "x")]
    assert ([(pair.namespace, pair.key) for pair in page.results], page.total) == ([("a.c", "z"), ("ab", "z")], 5)
    assert [(pair.namespace, pair.key) for pair in below.results] == [("a", "x"), ("a", "y"), ("a.c", "z")]


def test_pairs_are_deleted_and_purged(store: Store) -> None:
    for key in ("x", "y", "z"):
        _put(store, "a", key, expires_at=later(5) if key != "z" else None)
    with store.database.write() as connection:
        pairs = store.key_values
        assert pairs.delete(connection, "a", "x")
        assert not pairs.delete(connection, "a", "x")
        assert pairs.names(connection, expired_at=later(4)) == []
        assert pairs.names(connection, expired_at=later(5)) == [("a", "y")]
        everything = pairs.names(connection)
        assert everything == [("a", "y"), ("a", "z")]
        assert pairs.purge(connection, everything, expired_at=later(5)) == 1
        assert pairs.purge(connection, everything) == 1
        assert pairs.names(connection) == []
