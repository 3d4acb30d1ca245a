"""What is GitHub's alone."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

import pytest

from gitops.errors import BadSignature
from gitops.providers.address import read_address
from gitops.providers.github import GitHub, _api_of
from gitops.providers.provider import CommitStatus, StatusState
from tests.stubs.github import GitHubStub, push_payload, webhook

COMMIT = "c" * 40
URL = "https://github.com/acme/flows.git"


@pytest.fixture
def stub() -> Iterator[GitHubStub]:
    with GitHubStub() as running:
        yield running


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://github.com/acme/flows.git", "https://api.github.com"),
        ("git@github.com:acme/flows.git", "https://api.github.com"),
        ("ssh://git@ssh.github.com:443/acme/flows.git", "https://api.github.com"),
        ("https://acme.ghe.com/acme/flows", "https://api.acme.ghe.com"),
        ("https://github.example.com/acme/flows", "https://github.example.com/api/v3"),
        ("git@github.example.com:acme/flows.git", "https://github.example.com/api/v3"),
        ("https://notgithub.com/acme/flows", "https://notgithub.com/api/v3"),
    ],
)
def test_the_api_is_found_from_the_clone_url(url: str, api: str) -> None:
    assert _api_of(read_address(url)) == api


def test_the_request_is_what_github_documents(stub: GitHubStub) -> None:
    github = GitHub(URL, api_url=stub.url, token=stub.token)
    github.post_status(COMMIT, CommitStatus("gitops", StatusState.SUCCESS, "done"))
    sent = stub.requests[0]
    assert (sent.method, sent.path) == ("POST", f"/repos/acme/flows/statuses/{COMMIT}")
    assert sent.headers["accept"] == "application/vnd.github+json"
    assert sent.headers["x-github-api-version"] == "2022-11-28"
    assert sent.body == b'{"context":"gitops","state":"success","description":"done"}'
    assert stub.violations == []


def test_the_description_limit_is_githubs(stub: GitHubStub) -> None:
    assert GitHub.description_limit == 140


def test_contexts_have_no_case(stub: GitHubStub) -> None:
    stub.add(COMMIT, "GitOps", "success")
    found = GitHub(URL, api_url=stub.url, token=stub.token).last_status(COMMIT, "gitops")
    assert found is not None
    assert found.context == "GitOps"


def test_without_a_token_no_authorization_is_sent(stub: GitHubStub) -> None:
    stub.fail_next(status=401, message="Requires authentication")
    with pytest.raises(Exception, match=r"401: Requires authentication; check the repository's token$"):
        GitHub(URL, api_url=stub.url).last_status(COMMIT, "gitops")
    assert "authorization" not in stub.requests[0].headers


def test_the_old_sha1_signature_does_not_count() -> None:
    headers, body = webhook(push_payload(ref="refs/heads/main", before=COMMIT, after=COMMIT), secret="s")
    weak = hmac.new(b"s", body, hashlib.sha1).hexdigest()
    del headers["X-Hub-Signature-256"]
    with pytest.raises(BadSignature):
        GitHub(URL).read_webhook(headers | {"X-Hub-Signature": f"sha1={weak}"}, body, ["s"])


def test_a_signature_without_its_scheme_does_not_count() -> None:
    headers, body = webhook(push_payload(ref="refs/heads/main", before=COMMIT, after=COMMIT), secret="s")
    digits = headers["X-Hub-Signature-256"].removeprefix("sha256=")
    with pytest.raises(BadSignature):
        GitHub(URL).read_webhook(headers | {"X-Hub-Signature-256": digits}, body, ["s"])


def test_a_push_tells_the_urls_and_the_delivery() -> None:
    headers, body = webhook(push_payload(ref="refs/tags/v1", before=COMMIT, after=COMMIT), secret="s")
    push = GitHub(URL).read_webhook(headers, body, ["s"])
    assert push is not None
    assert push.repository_urls == (URL, "git@github.com:acme/flows.git", "https://github.com/acme/flows")
    assert push.delivery == "72d3162e-cc78-11e3-81ab-4c9367dc0958"
