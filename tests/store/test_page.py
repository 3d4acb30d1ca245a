from __future__ import annotations

import pytest
from sqlalchemy import select

from gitops.store.page import read_page, within
from gitops.store.store import Store
from gitops.store.tables import revisions
from tests.store.samples import add_flow

_NAMESPACES = ["team", "team-a", "team.a", "team.a.b", "team.b", "team/a", "team_a", "teams", "Team", "Team.a"]


@pytest.fixture
def filled(store: Store) -> Store:
    with store.database.write() as connection:
        for namespace in _NAMESPACES:
            add_flow(connection, namespace=namespace)
    return store


@pytest.mark.parametrize(
    ("namespace", "found"),
    [
        ("team", ["team", "team.a", "team.a.b", "team.b"]),
        ("team.a", ["team.a", "team.a.b"]),
        ("Team", ["Team", "Team.a"]),
        ("tea", []),
        ("team.", []),
        ("te%m", []),
    ],
)
def test_a_namespace_holds_itself_and_what_lies_below_a_dot(filled: Store, namespace: str, found: list[str]) -> None:
    query = select(revisions.c.namespace).where(within(revisions.c.namespace, namespace))
    with filled.database.read() as connection:
        assert list(connection.execute(query.order_by(revisions.c.namespace)).scalars()) == found


def test_both_databases_sort_names_byte_by_byte(filled: Store) -> None:
    query = select(revisions.c.namespace).order_by(revisions.c.namespace)
    with filled.database.read() as connection:
        assert list(connection.execute(query).scalars()) == sorted(_NAMESPACES)


@pytest.mark.parametrize(("page", "found"), [(1, ["Team", "Team.a"]), (5, ["team_a", "teams"]), (6, [])])
def test_a_page_holds_its_part_and_the_number_of_all(filled: Store, page: int, found: list[str]) -> None:
    query = select(revisions.c.namespace).order_by(revisions.c.namespace)
    with filled.database.read() as connection:
        part = read_page(connection, query, lambda row: str(row["namespace"]), page=page, size=2)
    assert (part.results, part.total) == (found, len(_NAMESPACES))
