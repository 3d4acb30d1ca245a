"""The HTTP client: its bounds, its errors and its silence about tokens."""

from __future__ import annotations

import gc
import itertools
import json
import time
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from gitops.errors import InvalidSettings, ProviderError, ProviderRefused, ProviderUnavailable
from gitops.providers import http
from gitops.providers.http import Client
from tests.stubs.github import GitHubStub
from tests.stubs.host import Reply, Request

TOKEN = "ghp_0123456789"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/vnd.github+json"}


class ScriptedStub(GitHubStub):
    """A host that gives one answer to everything."""

    reply = Reply(200, {"fine": True})

    def answer(self, request: Request) -> Reply:
        super().answer(request)
        return self.reply


@pytest.fixture
def stub() -> Iterator[ScriptedStub]:
    with ScriptedStub(token=TOKEN) as running:
        yield running


@pytest.fixture
def client(stub: ScriptedStub) -> Client:
    return Client(stub.url + "/", headers=HEADERS, timeout=5)


def failure(client: Client) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        client.get("/x")
    return caught.value


def test_an_answer_has_its_code_body_and_headers(stub: ScriptedStub, client: Client) -> None:
    stub.reply = Reply(201, [1, 2], {"ETag": '"a"'})
    answer = client.get("/x", query={"page": "2"})
    assert (answer.status, answer.json, answer.headers["etag"]) == (201, [1, 2], '"a"')
    sent = stub.requests[0]
    assert (sent.method, sent.path, sent.query) == ("GET", "/x", {"page": "2"})
    assert (sent.headers["user-agent"], sent.headers["accept-encoding"]) == ("gitops", "identity")
    assert sent.headers["authorization"] == f"Bearer {TOKEN}"


def test_a_post_sends_json(stub: ScriptedStub, client: Client) -> None:
    client.post("/x", body={"a": "…"})
    sent = stub.requests[0]
    assert (sent.method, sent.headers["content-type"]) == ("POST", "application/json")
    assert json.loads(sent.body) == {"a": "…"}


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "GET {url}/x: the Git host answered 400: no"),
        (401, "GET {url}/x: the Git host answered 401: no; check the repository's token"),
        (
            403,
            "GET {url}/x: the Git host answered 403: no; let the repository's token read and write commit statuses",
        ),
        (
            404,
            (
                "GET {url}/x: the Git host answered 404: no; "
                "check the repository's url, and that its token may write commit statuses there"
            ),
        ),
        (
            301,
            "GET {url}/x: the Git host answered 301: no; the repository has moved: write its new url in the settings",
        ),
        (422, "GET {url}/x: the Git host answered 422: no"),
    ],
)
def test_a_refusal_says_what_to_do(stub: ScriptedStub, client: Client, status: int, message: str) -> None:
    stub.reply = Reply(status, {"message": "no"}, {"Location": "http://elsewhere.invalid/"} if status == 301 else {})
    refused = failure(client)
    assert isinstance(refused, ProviderRefused)
    assert str(refused) == message.format(url=stub.url)
    assert len(stub.requests) == 1


@pytest.mark.parametrize(
    ("status", "headers", "message", "wait"),
    [
        (429, {}, "slow down", http.RATE_LIMIT_WAIT),
        (429, {"Retry-After": "0"}, "slow down", 0),
        (429, {"Retry-After": "soon"}, "slow down", http.RATE_LIMIT_WAIT),
        (429, {"Retry-After": "99999999"}, "slow down", http.LONGEST_WAIT),
        (403, {"Retry-After": "30"}, "secondary", 30),
        (403, {}, "You have exceeded a secondary rate limit.", http.RATE_LIMIT_WAIT),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0"}, "no", 0),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "x"}, "no", http.RATE_LIMIT_WAIT),
        (503, {"Retry-After": "5"}, "maintenance", 5),
    ],
)
def test_a_rate_limit_passes(
    stub: ScriptedStub, client: Client, status: int, headers: dict[str, str], message: str, wait: float
) -> None:
    stub.reply = Reply(status, {"message": message}, headers)
    unavailable = failure(client)
    assert isinstance(unavailable, ProviderUnavailable)
    assert unavailable.retry_after == wait


def test_a_rate_limit_names_its_end_as_a_date_or_an_epoch(stub: ScriptedStub, client: Client) -> None:
    later = datetime.now(UTC) + timedelta(seconds=600)
    for headers in (
        {"Retry-After": format_datetime(later, usegmt=True)},
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(later.timestamp()))},
    ):
        stub.reply = Reply(403, {"message": "no"}, headers)
        unavailable = failure(client)
        assert isinstance(unavailable, ProviderUnavailable)
        assert unavailable.retry_after == pytest.approx(600, abs=30)


def test_a_refusal_with_budget_left_is_no_rate_limit(stub: ScriptedStub, client: Client) -> None:
    stub.reply = Reply(403, {"message": "no"}, {"X-RateLimit-Remaining": "4999"})
    assert isinstance(failure(client), ProviderRefused)


def test_a_huge_answer_is_refused(stub: ScriptedStub, client: Client) -> None:
    stub.reply = Reply(200, "x" * (http.ANSWER_LIMIT + 1))
    refused = failure(client)
    assert isinstance(refused, ProviderRefused)
    assert str(refused) == f"GET {stub.url}/x: expected an answer of at most 1048576 bytes, found more"


def test_a_host_that_never_answers_is_unavailable(stub: ScriptedStub) -> None:
    stub.reply = Reply(0, hang=True)
    started = time.monotonic()
    unavailable = failure(Client(stub.url, headers=HEADERS, timeout=0.2))
    assert isinstance(unavailable, ProviderUnavailable)
    assert str(unavailable) == f"GET {stub.url}/x: the Git host does not answer: timed out"
    assert time.monotonic() - started < 3


def test_a_host_that_drips_is_cut_off(stub: ScriptedStub, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = itertools.count(step=60)
    monkeypatch.setattr(http, "time", SimpleNamespace(monotonic=lambda: next(minutes)))
    unavailable = failure(client)
    assert isinstance(unavailable, ProviderUnavailable)
    assert str(unavailable) == f"GET {stub.url}/x: the answer took longer than 5 seconds"


def test_nobody_at_the_address_is_unavailable() -> None:
    with GitHubStub() as gone:
        url = gone.url
    unavailable = failure(Client(url, headers={}))
    assert isinstance(unavailable, ProviderUnavailable)
    assert "Connection refused" in str(unavailable)


def test_an_empty_answer_is_an_answer(stub: ScriptedStub, client: Client) -> None:
    stub.reply = Reply(204, b"")
    assert (client.get("/x").status, client.get("/x").json) == (204, None)


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b'{"error": 1}'])
def test_a_failure_without_a_reason_is_a_failure(stub: ScriptedStub, client: Client, body: bytes) -> None:
    stub.reply = Reply(502, body)
    assert str(failure(client)) == f"GET {stub.url}/x: the Git host answered 502"


def test_something_that_is_not_json_is_refused(stub: ScriptedStub, client: Client) -> None:
    stub.reply = Reply(200, b"<html>")
    refused = failure(client)
    assert isinstance(refused, ProviderRefused)
    assert "expected JSON from the Git host, found something else" in str(refused)


@pytest.mark.parametrize("status", [400, 500])
def test_the_token_never_shows(stub: ScriptedStub, client: Client, status: int) -> None:
    stub.reply = Reply(status, {"message": f"bad token {TOKEN}\x1b[31m"})
    shown = failure(client)
    assert str(shown) == f"GET {stub.url}/x: the Git host answered {status}: bad token ***[31m"
    assert shown.__cause__ is None


@pytest.mark.parametrize("token", ["abc\n", "ü"])
def test_a_token_that_is_no_header_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        Client("http://127.0.0.1", headers={"Authorization": f"Bearer {token}"})
    assert str(caught.value) == (
        "expected printable ASCII as the value of Authorization, found something else in the token"
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://host/x", "expected the http(s) url of an API, without a user in it, found `ftp://host/x`"),
        ("localhost:80", "expected the http(s) url of an API, without a user in it, found `localhost:80`"),
        ("https://u:p@host/", "expected the http(s) url of an API, without a user in it, found `https://host/`"),
    ],
)
def test_only_plain_http_urls_are_called(url: str, message: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        Client(url, headers={})
    assert str(caught.value) == message


def test_an_unreadable_url_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="found something else"):
        Client("https://host:port/", headers={})


def test_a_forgotten_client_closes_its_connections(stub: ScriptedStub) -> None:
    client = Client(stub.url, headers=HEADERS)
    client.get("/x")
    inner = client._http
    gone = weakref.ref(client)
    del client
    gc.collect()
    assert gone() is None
    assert inner.is_closed
