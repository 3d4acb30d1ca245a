"""The stubs are strict: each mistake that a host would not take is refused and recorded."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.stubs.gitea import GiteaStub
from tests.stubs.github import STATUSES_PER_CONTEXT, GitHubStub

COMMIT = "d" * 40
GOOD = {"state": "success", "context": "gitops", "description": "fine", "target_url": "https://x.example.com/a"}


@pytest.fixture
def stub() -> Iterator[GitHubStub]:
    with GitHubStub() as running:
        yield running


def headers(stub: GitHubStub) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {stub.token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }


def post(stub: GitHubStub, body: Any, *, sha: str = COMMIT, **changes: str) -> int:
    url = f"{stub.url}/repos/acme/flows/statuses/{sha}"
    return httpx.post(url, json=body, headers=headers(stub) | changes).status_code


def test_a_good_status_is_created(stub: GitHubStub) -> None:
    assert post(stub, GOOD) == 201
    assert stub.violations == []


@pytest.mark.parametrize(
    "change",
    [
        {"state": "failed"},
        {"context": "x" * 256},
        {"description": "x" * 141},
        {"target_url": "/ui/main"},
        {"target_url": "ftp://x"},
        {"name": "gitops"},
    ],
)
def test_a_wrong_member_is_a_violation(stub: GitHubStub, change: dict[str, str]) -> None:
    assert post(stub, GOOD | change) == 422
    assert len(stub.violations) == 1
    assert stub.posted == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Authorization", "Bearer x", 401),
        ("User-Agent", "", 403),
        ("Accept", "*/*", 422),
        ("X-GitHub-Api-Version", "1", 400),
        ("Content-Type", "text/plain", 422),
    ],
)
def test_a_wrong_header_is_a_violation(stub: GitHubStub, name: str, value: str, code: int) -> None:
    assert post(stub, GOOD, **{name: value}) == code
    assert len(stub.violations) == 1


def test_a_short_commit_is_a_violation(stub: GitHubStub) -> None:
    assert post(stub, GOOD, sha="d" * 12) == 422


def test_another_path_is_a_violation(stub: GitHubStub) -> None:
    assert httpx.put(f"{stub.url}/x", headers=headers(stub)).status_code == 501
    assert httpx.get(f"{stub.url}/x", headers=headers(stub)).status_code == 404
    assert stub.violations == ["there is no GET /x"]


def test_a_context_takes_a_thousand_statuses(stub: GitHubStub) -> None:
    for _ in range(STATUSES_PER_CONTEXT):
        stub.add(COMMIT, "gitops", "success")
    assert post(stub, GOOD) == 422
    assert post(stub, GOOD | {"context": "other"}) == 201


def test_waiting_ends_when_the_status_arrives(stub: GitHubStub) -> None:
    poster = Thread(target=post, args=(stub, GOOD))
    poster.start()
    assert stub.wait_for(COMMIT, "gitops", "success").description == "fine"
    poster.join()


def test_waiting_in_vain_says_what_was_there(stub: GitHubStub) -> None:
    stub.add(COMMIT, "gitops", "pending")
    with pytest.raises(AssertionError, match=f"expected success on {COMMIT} in gitops, found .*pending"):
        stub.wait_for(COMMIT, "gitops", "success", timeout=0.01)


def test_gitea_lives_below_its_own_path() -> None:
    with GiteaStub() as stub:
        answer = httpx.get(
            f"{stub.url}/repos/acme/flows/commits/{COMMIT}/statuses",
            headers={"Authorization": f"token {stub.token}"},
            params={"limit": "51"},
        )
        assert answer.status_code == 422
        assert stub.violations == ["page 1 of size 51"]
