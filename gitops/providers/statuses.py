"""Commit statuses as JSON, in the form that GitHub defined and Gitea took over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gitops.errors import ProviderRefused
from gitops.providers.http import Client
from gitops.providers.provider import CommitStatus, StatusState

# GitHub stops at 1000 statuses of one commit and context; past that many pages nobody's reading is worth the requests.
PAGE_LIMIT = 10

_STATES = {state.value: state for state in StatusState}


def status_body(status: CommitStatus) -> dict[str, object]:
    """What is sent to post the commit status."""
    body: dict[str, object] = {
        "context": status.context,
        "state": status.state.value,
        "description": status.description,
    }
    return body | ({"target_url": status.target_url} if status.target_url else {})


def find_newest(client: Client, path: str, *, context: str, page_size: tuple[str, int]) -> CommitStatus | None:
    """The newest commit status in the context (its case does not count) on the first page, newest first, that has any.

    `page_size` is the host's name for it and its value. A state that only the host knows counts as no status.
    """
    for page in _pages(client, path, page_size=page_size):
        found = [item for item in page if str(item.get("context")).casefold() == context.casefold()]
        if found:
            return _read_status(max(found, key=_number))
    return None


def _pages(client: Client, path: str, *, page_size: tuple[str, int]) -> Iterator[list[Mapping[str, object]]]:
    name, size = page_size
    for number in range(1, PAGE_LIMIT + 1):
        page = client.get(path, query={name: str(size), "page": str(number)}).json
        if not isinstance(page, list) or not all(isinstance(item, dict) for item in page):
            raise ProviderRefused(f"expected a list of commit statuses from {path}, found something else")
        yield page
        if len(page) < size:
            return


def _number(item: Mapping[str, object]) -> int:
    # Statuses of the same second have no order but their ids, which rise.
    number = item.get("id")
    return number if isinstance(number, int) else 0


def _read_status(item: Mapping[str, object]) -> CommitStatus | None:
    state = _STATES.get(str(item.get("state", item.get("status"))))
    if state is None:
        return None
    target_url = item.get("target_url")
    return CommitStatus(
        context=str(item.get("context")),
        state=state,
        description=str(item.get("description") or ""),
        target_url=str(target_url) if target_url else None,
    )
