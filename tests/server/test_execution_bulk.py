"""The operators' verbs on many executions: all of them or none, and each that does not allow it is named."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from gitops.app import App
from gitops.errors import Conflict
from gitops.execution.state import Execution, State
from tests.server.conftest import HOOKED, add
from tests.server.large import stored
from tests.server.recorder import Recorder

API = "/api/v1/main/executions"


@pytest.fixture
def operations(app: App, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Operations that note what they are asked."""
    recorder = Recorder(app)
    monkeypatch.setattr(app.engine, "operations", recorder, raising=False)
    return recorder


@pytest.mark.parametrize(
    ("method", "verb", "query", "state", "call"),
    [
        ("POST", "pause", "", State.RUNNING, ("pause", (), {})),
        ("POST", "resume", "", State.PAUSED, ("resume", (), {})),
        ("DELETE", "kill", "", State.RUNNING, ("kill", (), {"cascade": False})),
        ("DELETE", "kill", "isOnKillCascade=true", State.RUNNING, ("kill", (), {"cascade": True})),
        ("POST", "restart", "", State.FAILED, ("restart", (), {"revision": None})),
        ("POST", "restart", "revision=1", State.FAILED, ("restart", (), {"revision": 1})),
        ("POST", "restart", "latestRevision=true", State.FAILED, ("restart", (), {"revision": 2})),
        ("POST", "replay", "", State.FAILED, ("replay", (), {"revision": None})),
        ("POST", "replay", "latestRevision=true", State.FAILED, ("replay", (), {"revision": 2})),
        ("POST", "replay", "revision=1", State.FAILED, ("replay", (), {"revision": 1})),
        ("POST", "change-status", "newStatus=SUCCESS", State.FAILED, ("change_state", (State.SUCCESS,), {})),
        ("POST", "force-run", "", State.QUEUED, ("force_run", (), {})),
        ("POST", "unqueue", "newState=FAILED", State.QUEUED, ("unqueue", (State.FAILED,), {})),
    ],
)
def test_each_verb_is_done_to_a_list_of_ids_and_to_what_a_search_finds(
    client: httpx.Client, app: App, operations: Recorder, *, method: str, verb: str, query: str, state: State, call: Any
) -> None:
    name, more, named = call
    add(app, HOOKED.replace("hello", "goodbye"))
    first, second, other = stored(app, state=state), stored(app, state=state), stored(app, state=State.KILLING)
    by_ids = client.request(method, f"{API}/{verb}/by-ids?{query}", json=[first.id, second.id, first.id])
    by_query = client.request(method, f"{API}/{verb}/by-query?{query}&state={state}&flowId=hooked")
    assert (by_ids.json(), by_query.json()) == ({"count": 2}, {"count": 2}), by_query.text
    assert sorted(operations.calls) == sorted([(name, (each.id, *more), named) for each in (first, second)] * 2)
    assert other.id not in str(operations.calls)


def test_one_that_does_not_allow_it_is_named_and_nothing_is_done(
    client: httpx.Client, app: App, operations: Recorder
) -> None:
    running, failed = stored(app, state=State.RUNNING), stored(app, state=State.FAILED)
    answer = client.post(f"{API}/pause/by-ids", json=[running.id, failed.id, "nothing"])
    assert answer.status_code == 400
    assert answer.json() == {
        "message": "2 of 3 executions do not allow this, so nothing was done; "
        f"{failed.id}: it is FAILED; expected RUNNING",
        "invalids": [
            {"id": failed.id, "message": "it is FAILED; expected RUNNING"},
            {"id": "nothing", "message": "there is no such execution"},
        ],
    }
    assert operations.calls == []


def test_one_that_has_moved_meanwhile_is_named_and_the_others_are_counted(
    client: httpx.Client, app: App, operations: Recorder
) -> None:
    first, second = stored(app, state=State.RUNNING), stored(app, state=State.RUNNING)
    operations.refuse[first.id] = Conflict("it has ended")
    answer = client.post(f"{API}/pause/by-ids", json=[first.id, second.id])
    assert (answer.status_code, answer.json()["invalids"]) == (400, [{"id": first.id, "message": "it has ended"}])
    assert "it was done to 1" in answer.json()["message"]


def test_labels_are_added_to_many(client: httpx.Client, app: App, operations: Recorder) -> None:
    first, second = stored(app), stored(app)
    labels = [{"key": "a", "value": "1"}]
    body = {"executionsId": [first.id, second.id], "executionLabels": labels}
    assert client.post(f"{API}/labels/by-ids", json=body).json() == {"count": 2}
    assert client.post(f"{API}/labels/by-query?state=SUCCESS", json=labels).json() == {"count": 2}
    assert [more[1] for _, more, _ in operations.calls] == [[("a", "1")]] * 4
    refused = client.post(f"{API}/labels/by-query?state=SUCCESS", json=[{"key": "system.x", "value": "1"}])
    assert refused.status_code == 422


def test_only_ended_executions_are_deleted_unless_told_otherwise(
    client: httpx.Client, app: App, operations: Recorder
) -> None:
    ended, running = stored(app), stored(app, state=State.RUNNING)
    refused = client.request("DELETE", f"{API}/by-ids", json=[ended.id, running.id])
    assert (refused.status_code, operations.calls) == (400, [])
    assert client.delete(f"{API}/by-query?state=SUCCESS&deleteLogs=false").json() == {"count": 1}
    assert operations.calls == [("delete", (ended.id,), {"logs": False, "metrics": True, "files": True})]


def test_those_that_have_not_ended_are_killed_before_they_are_deleted(
    client: httpx.Client, app: App, operations: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gitops.server.api.execution_bulk._KILL_SECONDS", 0.0)
    ended, running = stored(app), stored(app, state=State.RUNNING)
    both = client.request("DELETE", f"{API}/by-ids?includeNonTerminated=true", json=[ended.id, running.id])
    assert both.json() == {"count": 2}
    assert [(name, more[0]) for name, more, _ in operations.calls] == [
        ("delete", ended.id),
        ("kill", running.id),
        ("delete", running.id),
    ]


def test_a_query_finds_by_all_that_a_search_finds_by(client: httpx.Client, app: App, operations: Recorder) -> None:
    kept: Execution = stored(app, state=State.RUNNING)
    for query in ("namespace=other", "flowId=other", "labels=a:b", "commit=abc", "triggerExecutionId=abc"):
        assert client.post(f"{API}/pause/by-query?{query}").json() == {"count": 0}
    assert client.post(f"{API}/pause/by-query?startDate=2026-11-23T12:00:00").json() == {"count": 1}
    assert operations.calls == [("pause", (kept.id,), {})]


@pytest.mark.parametrize(("query", "revision"), [("", None), ("revision=1", 1), ("latestRevision=true", 2)])
def test_many_run_again_with_other_inputs(
    client: httpx.Client, app: App, operations: Recorder, query: str, revision: int | None
) -> None:
    add(app, HOOKED.replace("hello", "goodbye"))
    first, second = stored(app), stored(app, state=State.FAILED)
    body = {"executionsId": [first.id, second.id], "inputs": {"name": "ann"}}
    assert client.post(f"{API}/replay-with-inputs/by-ids?{query}", json=body).json() == {"count": 2}
    found = client.post(f"{API}/replay-with-inputs/by-query?state=FAILED&{query}", json={"name": "bob"})
    assert found.json() == {"count": 1}
    assert operations.calls == [
        ("replay", (id_,), {"revision": revision, "inputs": {"name": name}})
        for id_, name in ((first.id, "ann"), (second.id, "ann"), (second.id, "bob"))
    ]


def test_inputs_that_do_not_fit_are_told_of_each_execution(client: httpx.Client, app: App) -> None:
    execution = stored(app)
    answer = client.post(
        f"{API}/replay-with-inputs/by-ids", json={"executionsId": [execution.id], "inputs": {"times": "x"}}
    )
    assert answer.status_code == 400
    assert "times" in answer.json()["invalids"][0]["message"]


@pytest.mark.parametrize("path", ["restart/by-ids", "replay/by-ids"])
def test_one_revision_is_asked_for_and_not_two(client: httpx.Client, path: str) -> None:
    answer = client.post(f"{API}/{path}?revision=1&latestRevision=true", json=[])
    words = "expected `revision` or `latestRevision`, found both; take one of them away"
    assert (answer.status_code, answer.json()["message"]) == (422, words)


def test_a_deleted_flow_has_no_newest_revision(client: httpx.Client, app: App) -> None:
    execution = stored(app)
    with app.store.database.write() as connection:
        app.store.flows.delete(connection, "company.team", "hooked", at=execution.created_at)
    answer = client.post(f"{API}/replay/by-ids?latestRevision=true", json=[execution.id])
    assert answer.json()["invalids"] == [
        {"id": execution.id, "message": "the flow company.team.hooked is deleted, so it has no newest revision"}
    ]
