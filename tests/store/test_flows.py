from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite

from gitops.errors import Conflict, NotFound
from gitops.store.database import Database
from gitops.store.flows import Revision, digest
from gitops.store.store import Store
from gitops.store.tables import CURRENT, revisions
from tests.store.databases import Databases
from tests.store.samples import SHA, later, revision


def _add(store: Store, *revisions: Revision) -> list[Revision]:
    with store.database.write() as connection:
        return [store.flows.add(connection, added) for added in revisions]


def _get(store: Store, number: int | None = None) -> Revision | None:
    with store.database.read() as connection:
        return store.flows.get(connection, "team", "hello", number)


def _delete(store: Store, flow_id: str = "hello") -> None:
    with store.database.write() as connection:
        store.flows.delete(connection, "team", flow_id, at=later(5), commit=SHA)


def test_a_revision_is_read_back_as_it_was_added(store: Store) -> None:
    full = revision(
        repository="flows",
        path="team/hello.yml",
        commit=SHA,
        blob="b" * 40,
        description="Says hello",
        labels=(("z", "1"), ("a", "2"), ("a", "3")),
        triggers=({"id": "daily", "type": "Schedule", "description": None},),
        disabled=True,
    )
    (added,) = _add(store, full)
    assert added == replace(full, revision=1, digest=digest(full.source))
    assert _get(store) == added
    assert not added.deleted


def test_the_digest_is_of_the_source() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_each_source_gets_the_next_number_and_the_last_is_live(store: Store) -> None:
    added = _add(store, revision(), revision(source="id: hello # 2"), revision(source="id: hello # 3"))
    assert [one.revision for one in added] == [1, 2, 3]
    assert _get(store) == added[2]
    assert _get(store, 1) == added[0]
    assert _get(store, 4) is None
    with store.database.read() as connection:
        assert store.flows.revisions(connection, "team", "hello") == added


def test_a_deleted_flow_is_not_live_but_its_history_stays(store: Store) -> None:
    _add(store, revision(), revision())
    _delete(store)
    assert _get(store) is None
    last = _get(store, 2)
    assert last is not None
    assert last.deleted
    assert (last.deleted_at, last.deleted_by) == (later(5), SHA)
    first = _get(store, 1)
    assert first is not None
    assert not first.deleted


def test_numbers_go_on_after_a_deletion(store: Store) -> None:
    _add(store, revision())
    _delete(store)
    (again,) = _add(store, revision())
    assert again.revision == 2
    assert _get(store) == again
    with store.database.read() as connection:
        assert [one.deleted for one in store.flows.revisions(connection, "team", "hello")] == [True, False]


def test_what_is_not_live_cannot_be_deleted(store: Store) -> None:
    with pytest.raises(NotFound, match=r"^there is no flow team\.hello$"):
        _delete(store)
    _add(store, revision())
    _delete(store)
    with pytest.raises(NotFound):
        _delete(store)


@pytest.mark.parametrize(
    ("owner", "other", "named"),
    [("one", "two", "the repository `one`"), ("one", None, "the repository `one`"), (None, "two", "no repository")],
)
def test_a_flow_is_live_in_one_repository_only(store: Store, owner: str | None, other: str | None, named: str) -> None:
    _add(store, revision(repository=owner))
    with pytest.raises(Conflict) as refused:
        _add(store, revision(repository=other))
    assert str(refused.value) == f"flow team.hello belongs to {named}; delete it there first"
    _delete(store)
    (added,) = _add(store, revision(repository=other))
    assert added.repository == other


def test_deployed_are_the_live_flows_of_a_repository(store: Store) -> None:
    _, kept, _, _ = _add(
        store,
        revision("a", repository="flows"),
        revision("a", repository="flows", source="id: a # 2"),
        revision("b", repository="flows"),
        revision("c", repository="other"),
    )
    _delete(store, "b")
    with store.database.read() as connection:
        assert store.flows.deployed(connection, "flows") == [kept]
        assert store.flows.deployed(connection, "nobody") == []


def test_a_moved_file_changes_the_place_and_nothing_else(store: Store) -> None:
    _add(store, revision(), revision(path="old.yml", commit=SHA, blob="b"))
    before = _get(store)
    assert before is not None
    moved = replace(before, path="new.yml", commit="c" * 40, blob="d")
    with store.database.write() as connection:
        store.flows.move(connection, replace(moved, source="ignored"))
    assert _get(store) == moved
    first = _get(store, 1)
    assert first is not None
    assert first.path is None
    with pytest.raises(NotFound), store.database.write() as connection:
        store.flows.move(connection, revision("nobody"))


@pytest.fixture
def searched(store: Store) -> Store:
    _add(
        store,
        revision("alpha", labels=(("env", "dev"),)),
        revision("alpha", labels=(("env", "prod"), ("tier", "1")), description="Loads 100% of it"),
        revision("beta", "team.sub", labels=(("env", "prod"),), description="Writes a REPORT"),
        revision("beta", "teams"),
        revision("gone"),
    )
    _delete(store, "gone")
    return store


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["team.alpha", "team.sub.beta", "teams.beta"]),
        ({"namespace": "team"}, ["team.alpha", "team.sub.beta"]),
        ({"query": "BET"}, ["team.sub.beta", "teams.beta"]),
        ({"query": "team.a"}, ["team.alpha"]),
        ({"query": "report"}, ["team.sub.beta"]),
        ({"query": "100%"}, ["team.alpha"]),
        ({"query": "1%0"}, []),
        ({"query": ""}, ["team.alpha", "team.sub.beta", "teams.beta"]),
        ({"labels": (("env", "prod"),)}, ["team.alpha", "team.sub.beta"]),
        ({"labels": (("env", "prod"), ("tier", "1"))}, ["team.alpha"]),
        ({"labels": (("env", "dev"),)}, []),
        ({"namespace": "team", "query": "beta", "labels": (("env", "prod"),)}, ["team.sub.beta"]),
        ({"page": 2, "size": 2}, ["teams.beta"]),
    ],
)
def test_a_search_finds_live_flows_by_name(searched: Store, wanted: dict[str, Any], found: list[str]) -> None:
    with searched.database.read() as connection:
        page = searched.flows.search(connection, **wanted)
    assert [f"{one.namespace}.{one.flow_id}" for one in page.results] == found
    assert page.total == (3 if "page" in wanted else len(found))


def test_a_search_gives_the_last_revision(searched: Store) -> None:
    with searched.database.read() as connection:
        (alpha,) = searched.flows.search(connection, query="alpha").results
    assert alpha.revision == 2


def test_sqlite_finds_the_live_revision_by_its_index(databases: Databases) -> None:
    """SQLite uses a partial index only when the query repeats its condition word for word."""
    query = select(revisions.c.revision).where(revisions.c.namespace == "a", revisions.c.flow_id == "b", CURRENT)
    sql = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with databases.migrated("sqlite") as url:
        database = Database(url)
        with database.read() as connection:
            plan = " ".join(str(row) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
        database.close()
    assert "uq_revisions_current" in plan
