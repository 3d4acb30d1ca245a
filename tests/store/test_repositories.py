from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gitops.store.repositories import Repository
from gitops.store.store import Store
from tests.store.samples import NOON, SHA, later

_FLOWS = Repository(name="flows", url="https://host/flows.git", branch="main")


def test_a_repository_is_read_back_and_replaced_by_name(store: Store) -> None:
    synced = replace(_FLOWS, head=SHA, deployed="b" * 40, synced_at=later(3), error="no answer\0")
    other = replace(_FLOWS, name="a-other")
    with store.database.write() as connection:
        for repository in (_FLOWS, other, synced):
            store.repositories.save(connection, repository)
        assert store.repositories.get(connection, "flows") == replace(synced, error="no answer\ufffd")
        assert store.repositories.get(connection, "nobody") is None
        assert [one.name for one in store.repositories.list(connection)] == ["a-other", "flows"]


def test_the_branches_are_those_that_were_seen_last(store: Store) -> None:
    with store.database.write() as connection:
        store.repositories.save(connection, _FLOWS)
        store.repositories.set_refs(connection, "flows", {"main": "1", "old": "2"})
        store.repositories.set_refs(connection, "flows", {"main": "3", "new": "4"})
        assert store.repositories.refs(connection, "flows") == {"main": "3", "new": "4"}
        store.repositories.set_refs(connection, "flows", {})
        assert store.repositories.refs(connection, "flows") == {}


def test_a_delivery_is_new_once_for_each_repository(store: Store) -> None:
    with store.database.write() as connection:
        assert store.repositories.first_seen(connection, "flows", "d1", NOON)
        assert not store.repositories.first_seen(connection, "flows", "d1", later(1))
        assert store.repositories.first_seen(connection, "other", "d1", NOON)
        assert store.repositories.first_seen(connection, "flows", "d2", NOON)


def test_deliveries_are_remembered_for_thirty_days(store: Store) -> None:
    month = timedelta(days=30)
    with store.database.write() as connection:
        store.repositories.first_seen(connection, "flows", "old", NOON)
        assert not store.repositories.first_seen(connection, "flows", "old", NOON + month)
        after = NOON + month + timedelta(microseconds=1)
        assert store.repositories.first_seen(connection, "flows", "old", after)
