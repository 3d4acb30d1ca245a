"""Key-value pairs as the API answers and takes them."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from gitops.app import App
from gitops.engine import clock

API = "/api/v1/main"
TEAM = f"{API}/namespaces/company.team/kv"


def _put(client: httpx.Client, key: str, body: str, place: str = TEAM, **headers: str) -> httpx.Response:
    return client.put(f"{place}/{key}", content=body, headers={"content-type": "text/plain", **headers})


@pytest.mark.parametrize(
    ("body", "kind", "value"),
    [
        ('"hello"', "STRING", "hello"),
        ("1", "NUMBER", 1),
        ("1.5", "NUMBER", 1.5),
        ("true", "BOOLEAN", True),
        ("2026-01-31", "DATE", "2026-01-31"),
        ("2026-01-31T12:00:00Z", "DATETIME", "2026-01-31T12:00:00Z"),
        ("PT90M", "DURATION", "PT1H30M"),
        ('{"a": [1, null], "b": null}', "JSON", {"a": [1, None], "b": None}),
        ("[]", "JSON", []),
    ],
)
def test_a_value_is_read_back_with_its_type(client: httpx.Client, body: str, kind: str, value: object) -> None:
    answer = _put(client, "key", body)
    assert (answer.status_code, answer.content) == (200, b"")
    found = client.get(f"{TEAM}/key").json()
    assert (found["type"], found["value"], found["revision"]) == (kind, value, 1)


@pytest.mark.parametrize(
    ("key", "body", "headers", "words"),
    [
        ("key", "hello", {}, 'the body: expected JSON; a text needs quotes: "hello"'),
        ("key", "{", {}, "the body: expected JSON, a date"),
        ("-key", "1", {}, "key: expected letters, digits"),
        ("key", "1", {"ttl": "soon"}, "the header `ttl`: expected an ISO-8601 duration"),
    ],
)
def test_what_cannot_be_read_is_refused(
    client: httpx.Client, key: str, body: str, headers: dict[str, str], words: str
) -> None:
    answer = _put(client, key, body, **headers)
    assert answer.status_code == 422
    assert answer.json()["message"].startswith(words)
    assert _put(client, "key", "1", f"{API}/namespaces/Not A Namespace/kv").status_code == 422
    assert client.get(TEAM).json() == []


def test_keys_are_listed_here_above_and_everywhere(client: httpx.Client) -> None:
    _put(client, "b", "1", description="why", ttl="PT1H")
    _put(client, "a", "1")
    _put(client, "a", "2", f"{API}/namespaces/company/kv")
    here = client.get(TEAM).json()
    assert [entry["key"] for entry in here] == ["a", "b"]
    assert here[1]["description"] == "why"
    assert here[1]["expirationDate"] > here[1]["creationDate"] == here[1]["updateDate"]
    assert "expirationDate" not in here[0]
    above = client.get(f"{TEAM}/inheritance").json()
    assert [(entry["namespace"], entry["key"]) for entry in above] == [("company", "a")]
    everywhere = client.get(f"{API}/kv?page=2&size=1").json()
    assert ([entry["namespace"] for entry in everywhere["results"]], everywhere["total"]) == (["company.team"], 3)
    assert client.get(f"{API}/kv?namespace=company.team").json()["total"] == 2


def test_missing_is_404_and_over_is_410(client: httpx.Client, app: App) -> None:
    assert client.get(f"{TEAM}/key").status_code == 404
    past = clock.now() - timedelta(seconds=1)
    app.store.journal.write(
        lambda connection: app.store.key_values.put(
            connection, "company.team", "key", value=1, now=past, expires_at=past
        )
    )
    answer = client.get(f"{TEAM}/key")
    assert (answer.status_code, answer.json()["message"]) == (
        410,
        "The time of the key 'key' of the namespace 'company.team' is over.",
    )
    assert client.get(TEAM).json() == []


def test_keys_are_deleted(client: httpx.Client) -> None:
    for key in ("a", "b", "c"):
        _put(client, key, "1")
    assert client.delete(f"{TEAM}/a").json() is True
    assert client.delete(f"{TEAM}/a").json() is False
    answer = client.request("DELETE", TEAM, json={"keys": ["a", "b", "c"]})
    assert answer.json() == {"keys": ["b", "c"]}
    assert client.get(TEAM).json() == []
