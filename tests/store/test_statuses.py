from __future__ import annotations

import pytest

from gitops.store.database import Connection
from gitops.store.statuses import Statuses, StatusRecord
from gitops.store.store import Store
from tests.store.samples import SHA, later

_statuses = Statuses()


def _enqueue(connection: Connection, state: str, *, context: str = "gitops", sha: str = SHA, at: float = 0) -> None:
    _statuses.enqueue(
        connection,
        "flows",
        sha,
        context=context,
        state=state,
        description=f"it is {state}",
        target_url="https://host/commit",
        at=later(at),
    )


def _due(connection: Connection, at: float = 100) -> list[StatusRecord]:
    return _statuses.due(connection, later(at))


def _states(records: list[StatusRecord]) -> list[str]:
    return [record.state for record in records]


def test_a_status_is_due_at_once_and_until_it_is_posted(store: Store) -> None:
    with store.database.write() as connection:
        assert _statuses.next_date(connection) is None
        _enqueue(connection, "pending", at=1)
        assert _due(connection, at=0.5) == []
        assert _statuses.next_date(connection) == later(1)
        (due,) = _due(connection, at=1)
        expected = ("flows", SHA, "gitops", "pending", "it is pending", "https://host/commit", later(1), 0)
        found = (due.repository, due.sha, due.context, due.state, due.description, due.target_url, due.created_at)
        assert (*found, due.attempts) == expected
        _statuses.mark_posted(connection, due.id, later(2))
        assert _due(connection) == []
        assert _statuses.next_date(connection) is None
        assert [one.posted_at for one in _statuses.for_commit(connection, "flows", SHA)] == [later(2)]


def test_only_the_newest_status_of_a_commit_and_context_is_posted(store: Store) -> None:
    with store.database.write() as connection:
        _enqueue(connection, "pending")
        _enqueue(connection, "pending", context="gitops/flow")
        _enqueue(connection, "pending", sha="b" * 40)
        _enqueue(connection, "success")
        assert _states(_due(connection)) == ["pending", "pending", "success"]
        of_commit = _statuses.for_commit(connection, "flows", SHA)
        assert [(one.context, one.state, one.superseded) for one in of_commit] == [
            ("gitops", "pending", True),
            ("gitops/flow", "pending", False),
            ("gitops", "success", False),
        ]


def test_a_posted_status_is_followed_by_the_newer_one_and_not_superseded(store: Store) -> None:
    with store.database.write() as connection:
        _enqueue(connection, "pending")
        (pending,) = _due(connection)
        _statuses.mark_posted(connection, pending.id, later(1))
        _enqueue(connection, "success")
        assert _states(_due(connection)) == ["success"]
        assert [one.superseded for one in _statuses.for_commit(connection, "flows", SHA)] == [False, False]


def test_a_status_that_was_superseded_while_it_was_posted_stays_out(store: Store) -> None:
    with store.database.write() as connection:
        _enqueue(connection, "pending")
        (pending,) = _due(connection)
        _enqueue(connection, "success")
        _statuses.mark_failed(connection, pending.id, "timeout", not_before=later(1))
        assert _states(_due(connection)) == ["success"]


def test_a_failed_post_waits_and_keeps_its_reason_until_it_succeeds(store: Store) -> None:
    with store.database.write() as connection:
        _enqueue(connection, "success")
        (status,) = _due(connection)
        _statuses.mark_failed(connection, status.id, "503", not_before=later(30))
        _statuses.mark_failed(connection, status.id, "504", not_before=later(60))
        assert _due(connection, at=59) == []
        assert _statuses.next_date(connection) == later(60)
        (again,) = _due(connection, at=60)
        assert (again.attempts, again.error) == (2, "504")
        _statuses.mark_posted(connection, status.id, later(61))
        (posted,) = _statuses.for_commit(connection, "flows", SHA)
        assert (posted.attempts, posted.error) == (2, None)


def test_a_status_that_was_given_up_is_never_due_again_and_says_why(store: Store) -> None:
    with store.database.write() as connection:
        _enqueue(connection, "success")
        (status,) = _due(connection)
        _statuses.give_up(connection, status.id, "404 no such repository")
        assert _due(connection) == []
        assert _statuses.next_date(connection) is None
        (kept,) = _statuses.for_commit(connection, "flows", SHA)
        assert (kept.given_up, kept.attempts, kept.error) == (True, 1, "404 no such repository")


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_due_statuses_come_in_their_order_and_not_more_than_wanted(store: Store, limit: int) -> None:
    with store.database.write() as connection:
        for number in range(3):
            _enqueue(connection, f"state{number}", sha=str(number), at=3 - number)
        found = _statuses.due(connection, later(9), limit=limit)
    assert _states(found) == ["state0", "state1", "state2"][:limit]
