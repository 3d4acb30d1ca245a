"""Reading commit statuses from JSON that a host may have got wrong."""

from __future__ import annotations

import pytest

from gitops.errors import ProviderRefused
from gitops.providers import statuses
from gitops.providers.http import Answer, Client
from gitops.providers.provider import CommitStatus, StatusState
from gitops.providers.statuses import find_newest, status_body


class CannedClient(Client):
    """A client whose answers are at hand."""

    def __init__(self, *pages: object) -> None:
        self.pages = list(pages)
        self.asked = 0

    def get(self, path: str, *, query: object = None) -> Answer:
        self.asked += 1
        return Answer(200, self.pages[min(self.asked, len(self.pages)) - 1], {})


def newest(client: Client) -> CommitStatus | None:
    return find_newest(client, "/statuses", context="c", page_size=("limit", 2))


def test_the_highest_id_wins_within_a_page() -> None:
    client = CannedClient([{"id": 1, "context": "c", "state": "success"}, {"id": 2, "context": "c", "state": "error"}])
    assert newest(client) == CommitStatus("c", StatusState.ERROR, "", None)


def test_missing_members_count_as_empty() -> None:
    client = CannedClient([{"context": "c", "status": "pending", "description": None, "target_url": ""}])
    assert newest(client) == CommitStatus("c", StatusState.PENDING, "", None)


@pytest.mark.parametrize("page", [None, {}, "x", [1]])
def test_something_else_than_a_list_is_refused(page: object) -> None:
    with pytest.raises(ProviderRefused) as caught:
        newest(CannedClient(page))
    assert str(caught.value) == "expected a list of commit statuses from /statuses, found something else"


def test_the_search_ends() -> None:
    client = CannedClient([{"context": "other"}] * 2)
    assert newest(client) is None
    assert client.asked == statuses.PAGE_LIMIT


def test_no_target_url_is_sent_when_there_is_none() -> None:
    assert "target_url" not in status_body(CommitStatus("c", StatusState.PENDING, "…", None))
