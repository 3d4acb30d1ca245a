"""What is Gitea's and Forgejo's alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gitops.errors import BadSignature
from gitops.providers.address import read_address
from gitops.providers.gitea import Gitea, _api_of
from gitops.providers.provider import CommitStatus, StatusState
from tests.stubs.gitea import GiteaStub, push_payload, webhook

COMMIT = "c" * 40
URL = "https://gitea.example.com/acme/flows.git"


@pytest.fixture
def stub() -> Iterator[GiteaStub]:
    with GiteaStub() as running:
        yield running


@pytest.mark.parametrize(
    ("url", "api"),
    [
        (URL, "https://gitea.example.com/api/v1"),
        ("http://gitea:3000/acme/flows.git", "http://gitea:3000/api/v1"),
        ("https://host/git/acme/flows.git", "https://host/git/api/v1"),
        ("ssh://git@gitea.example.com:2222/acme/flows.git", "https://gitea.example.com/api/v1"),
    ],
)
def test_the_api_is_found_from_the_clone_url(url: str, api: str) -> None:
    assert _api_of(read_address(url)) == api


def test_the_request_is_what_gitea_documents(stub: GiteaStub) -> None:
    gitea = Gitea(URL, api_url=stub.url, token=stub.token)
    gitea.post_status(COMMIT, CommitStatus("gitops", StatusState.ERROR, "our fault", "https://x.example.com/"))
    sent = stub.requests[0]
    assert (sent.method, sent.path) == ("POST", f"/api/v1/repos/acme/flows/statuses/{COMMIT}")
    assert sent.headers["authorization"] == f"token {stub.token}"
    assert stub.statuses(COMMIT)[0].target_url == "https://x.example.com/"
    assert stub.violations == []


def test_a_state_that_only_gitea_has_counts_as_no_status(stub: GiteaStub) -> None:
    stub.add(COMMIT, "gitops", "warning")
    assert Gitea(URL, api_url=stub.url, token=stub.token).last_status(COMMIT, "gitops") is None


def test_forgejos_signature_counts_before_giteas() -> None:
    headers, body = webhook(push_payload(ref="refs/heads/main", before=COMMIT, after=COMMIT), secret="s", forgejo=True)
    with pytest.raises(BadSignature, match="X-Forgejo-Signature"):
        Gitea(URL).read_webhook(headers | {"X-Forgejo-Signature": "0" * 64}, body, ["s"])


def test_githubs_signature_does_not_stand_in_for_giteas() -> None:
    headers, body = webhook(push_payload(ref="refs/heads/main", before=COMMIT, after=COMMIT), secret="s")
    del headers["X-Gitea-Signature"]
    with pytest.raises(BadSignature, match="expected the header X-Gitea-Signature, found none"):
        Gitea(URL).read_webhook(headers, body, ["s"])
