"""Who may use the service."""

from __future__ import annotations

import pytest

from gitops.server.access import Gate, is_loopback

LOCAL = {"host": "127.0.0.1:8080"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_loopback_is_known_by_name_and_by_address(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "::", "example.com", "127.0.0.1.example.com", ""])
def test_everything_else_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_without_a_token_loopback_requests_pass() -> None:
    assert Gate(None).refuses("GET", "/api/v1/main/flows/search", LOCAL, None) is None
    assert (
        Gate(None).refuses("POST", "/api/v1/main/executions/a/b", LOCAL | {"origin": "http://localhost:8080"}, None)
        is None
    )


def test_without_a_token_a_rebound_name_is_refused() -> None:
    refusal = Gate(None).refuses("GET", "/api/v1/main/flows/search", {"host": "evil.example:8080"}, None)
    assert refusal == (403, "the service has no token and answers only to loopback names, not to `evil.example`")


def test_without_a_token_another_sites_page_cannot_write() -> None:
    refusal = Gate(None).refuses(
        "POST", "/api/v1/main/executions/a/b", LOCAL | {"origin": "https://evil.example"}, None
    )
    assert refusal == (403, "requests from other sites are refused")


@pytest.mark.parametrize(
    ("headers", "cookie", "status"),
    [
        ({}, None, 401),
        ({"authorization": "Bearer wrong"}, None, 401),
        ({"authorization": "Basic token"}, None, 401),
        ({"authorization": "Bearer token"}, None, None),
        ({"authorization": "bearer token"}, None, None),
        ({}, "wrong", 401),
    ],
)
def test_with_a_token_it_must_be_given(headers: dict[str, str], cookie: str | None, status: int | None) -> None:
    refusal = Gate("token").refuses("POST", "/api/v1/main/executions/a/b", LOCAL | headers, cookie)
    assert (refusal and refusal[0]) == status


def test_a_session_may_write_from_its_own_pages_only() -> None:
    gate = Gate("token")
    here, elsewhere = {"host": "x", "origin": "https://x"}, {"host": "x", "origin": "https://y"}
    assert gate.refuses("POST", "/api/v1/main/executions/a/b", here, gate.session) is None
    assert gate.refuses("POST", "/api/v1/main/executions/a/b", elsewhere, gate.session) == (
        403,
        "requests from other sites are refused",
    )


@pytest.mark.parametrize(
    "path", ["/", "/ui/main/flows", "/ping", "/health", "/webhooks/flows", "/api/v1/main/executions/webhook/a/b/key"]
)
def test_some_paths_carry_their_own_proof_or_need_none(path: str) -> None:
    assert Gate("token").refuses("POST", path, {"host": "anything"}, None) is None
