"""The fixtures of the store, for every folder of tests that needs a database: each test runs on both kinds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gitops.store.store import Store
from tests.store.databases import Databases


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where new databases come from."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """Which kind of database the test runs on."""
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, databases: Databases) -> Iterator[str]:
    """A database without tables."""
    with databases.empty(kind) as url:
        yield url


@pytest.fixture
def url(kind: str, databases: Databases) -> Iterator[str]:
    """A database with all tables."""
    with databases.migrated(kind) as url:
        yield url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store."""
    opened = Store.open(url)
    yield opened
    opened.close()
