from __future__ import annotations

from dataclasses import replace

import pytest

from gitops.errors import StoreFailed
from gitops.store.commits import CommitRecord
from gitops.store.repositories import Repository
from gitops.store.store import Store
from tests.store.samples import NOON, SHA, later

_PENDING = CommitRecord(
    repository="flows",
    sha=SHA,
    branch="main",
    summary="Say hello",
    author="Ada <ada@example.org>",
    authored_at=NOON,
    seen_at=later(1),
)
_DEPLOYED = replace(
    _PENDING,
    verdict="deployed",
    ended_at=later(2),
    description="1 created",
    changes=({"action": "create", "namespace": "team", "id": "hello", "path": "hello.yml", "revision": 1},),
    counts={"error": 0, "warning": 1, "info": 0},
)


@pytest.fixture(autouse=True)
def repository(store: Store) -> None:
    with store.database.write() as connection:
        store.repositories.save(connection, Repository(name="flows", url="u", branch="main"))


def test_the_story_of_a_commit_is_told_to_its_end(store: Store) -> None:
    with store.database.write() as connection:
        store.commits.save(connection, _PENDING)
        assert store.commits.get(connection, "flows", SHA) == _PENDING
        assert store.commits.pending(connection, "flows") == [_PENDING]
        store.commits.save(connection, _DEPLOYED)
        assert store.commits.get(connection, "flows", SHA) == _DEPLOYED
        assert store.commits.pending(connection, "flows") == []
        assert store.commits.get(connection, "flows", "nobody") is None


def test_commits_are_listed_the_last_seen_first(store: Store) -> None:
    with store.database.write() as connection:
        for number, branch in enumerate(["main", "topic", "main"]):
            record = replace(_PENDING, sha=str(number), branch=branch, seen_at=later(number))
            store.commits.save(connection, record)
        every = store.commits.search(connection, "flows", size=2)
        assert ([one.sha for one in every.results], every.total) == (["2", "1"], 3)
        rest = store.commits.search(connection, "flows", size=2, page=2)
        assert [one.sha for one in rest.results] == ["0"]
        topic = store.commits.search(connection, "flows", branch="topic")
        assert ([one.sha for one in topic.results], topic.total) == (["1"], 1)
        assert [one.sha for one in store.commits.pending(connection, "flows")] == ["0", "1", "2"]


def test_findings_keep_their_order_and_outlive_a_new_verdict(store: Store) -> None:
    found = [{"rule": "z", "line": 3}, {"rule": "a", "line": 1}]
    with store.database.write() as connection:
        store.commits.save(connection, _PENDING)
        store.commits.set_findings(connection, "flows", SHA, found)
        store.commits.save(connection, _DEPLOYED)
        assert store.commits.findings(connection, "flows", SHA) == found
        store.commits.set_findings(connection, "flows", SHA, found[1:])
        assert store.commits.findings(connection, "flows", SHA) == found[1:]
        store.commits.set_findings(connection, "flows", SHA, [])
        assert store.commits.findings(connection, "flows", SHA) == []


@pytest.mark.parametrize(
    ("record", "constraint"),
    [
        (replace(_PENDING, verdict="maybe", ended_at=NOON), "ck_commits_verdict"),
        (replace(_PENDING, ended_at=NOON), "ck_commits_ended"),
        (replace(_DEPLOYED, ended_at=None), "ck_commits_ended"),
    ],
)
def test_a_verdict_is_one_of_six_and_ends_the_story(store: Store, record: CommitRecord, constraint: str) -> None:
    with pytest.raises(StoreFailed, match=constraint), store.database.write() as connection:
        store.commits.save(connection, record)
