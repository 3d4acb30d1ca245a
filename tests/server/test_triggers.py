"""Triggers over HTTP: where they stand, and what operators do to them."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import httpx
import pytest

from gitops.app import App
from gitops.engine import clock
from gitops.engine.revisions import read_source
from gitops.store.executions import ExecutionFilter
from gitops.store.triggers import TriggerState
from tests.server.conftest import add

SOURCE = """\
id: {id}
namespace: {namespace}
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: m
triggers:
  - id: yearly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "@yearly"
    stopAfter: [FAILED]
"""
ROOT = "/api/v1/main/triggers"
KEY = {"namespace": "company.team", "flowId": "planned", "triggerId": "yearly"}
BACKFILL = {"start": "2020-01-01T00:00:00Z", "end": "2022-06-01T00:00:00Z", "paused": True}


def deploy(app: App, source: str) -> None:
    """Add a flow and its triggers."""
    add(app, source)
    flow, now = read_source(source, app.kinds), clock.now()
    states = [TriggerState.declared(flow, trigger, now) for trigger in flow.triggers]
    app.store.journal.write(
        lambda connection: app.store.triggers.replace_for_flow(connection, flow.namespace, flow.id, states)
    )
    app.engine.refresh_triggers()


@pytest.fixture
def api(app: App, client: httpx.Client) -> httpx.Client:
    """A client of the triggers' addresses, with two flows that have one each."""
    deploy(app, SOURCE.format(id="planned", namespace="company.team"))
    deploy(app, SOURCE.format(id="other", namespace="company.team.sub"))
    return client


def ask(api: httpx.Client, method: str, path: str = "", **more: Any) -> Any:
    """The answer to a request that is done."""
    answer = api.request(method, ROOT + path, **more)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def standing(api: httpx.Client) -> dict[str, Any]:
    """Where the trigger stands."""
    (found,) = ask(api, "GET", "/company.team/planned")["results"]
    return dict(found)


def test_triggers_are_found_with_their_declaration(api: httpx.Client) -> None:
    found = ask(api, "GET", "/search", params={"namespace": "company.team", "q": "PLAN"})
    assert found["total"] == 1
    (trigger,) = found["results"]
    assert trigger["abstractTrigger"] == {
        "id": "yearly",
        "type": "io.kestra.plugin.core.trigger.Schedule",
        "cron": "@yearly",
        "stopAfter": ["FAILED"],
    }
    assert trigger["triggerContext"] == standing(api)
    assert ask(api, "GET", "/search", params={"namespace": "company.team"})["total"] == 2
    assert ask(api, "GET", "/search", params={"flowId": "other"})["total"] == 1


def test_where_a_trigger_stands(api: httpx.Client) -> None:
    year = clock.now().year + 1
    assert standing(api) == {
        **KEY,
        "type": "io.kestra.plugin.core.trigger.Schedule",
        "nextExecutionDate": f"{year}-01-01T00:00:00.000000Z",
        "stopAfter": ["FAILED"],
        "disabled": False,
        "disabledInSource": False,
        "locked": False,
    }


def test_a_trigger_is_switched_off_and_on(api: httpx.Client) -> None:
    assert ask(api, "PUT", json={**KEY, "disabled": True})["disabled"]
    assert "nextExecutionDate" not in standing(api)
    assert not ask(api, "PUT", json={**KEY, "disabled": False, "unknown": "is ignored"})["disabled"]
    assert "nextExecutionDate" in standing(api)


def test_several_are_switched(api: httpx.Client) -> None:
    body = {"triggers": [KEY], "disabled": True}
    assert ask(api, "POST", "/set-disabled/by-triggers", json=body) == {"count": 1}
    assert ask(api, "PUT", "/set-disabled", json={**body, "disabled": False}) == {"count": 1}
    query = {"namespace": "company", "disabled": "true"}
    assert ask(api, "POST", "/set-disabled/by-query", params=query) == {"count": 2}
    assert standing(api)["disabled"]


def test_a_backfill_is_created_held_let_go_on_and_ended(api: httpx.Client) -> None:
    made = ask(api, "PUT", "/backfill/create", json={**KEY, "backfill": {**BACKFILL, "inputs": {"a": 1}}})
    assert made["backfill"] == {
        "start": "2020-01-01T00:00:00.000000Z",
        "end": "2022-06-01T00:00:00.000000Z",
        "currentDate": "2020-01-01T00:00:00.000000Z",
        "paused": True,
        "inputs": {"a": 1},
        "previousNextExecutionDate": f"{clock.now().year + 1}-01-01T00:00:00.000000Z",
    }
    assert ask(api, "POST", "/backfill/pause/by-triggers", json=[KEY]) == {"count": 1}
    assert ask(api, "PUT", "/backfill/pause", json=KEY)["backfill"]["paused"]
    assert ask(api, "POST", "/backfill/delete/by-query", params={"namespace": "company"}) == {"count": 1}
    assert "backfill" not in standing(api)
    assert ask(api, "PUT", json={**KEY, "backfill": BACKFILL})["backfill"]["paused"]
    assert "backfill" not in ask(api, "POST", "/backfill/delete", json=KEY)


def test_a_backfill_runs(app: App, api: httpx.Client) -> None:
    ask(api, "PUT", "/backfill/create", json={**KEY, "backfill": {**BACKFILL, "labels": [{"key": "a", "value": "b"}]}})
    ask(api, "PUT", "/backfill/unpause", json=KEY)
    wanted = ExecutionFilter(flow_id="planned", labels=(("a", "b"),))

    def done() -> list[str]:
        with app.store.database.read() as connection:
            found = app.store.executions.search(connection, wanted).results
        return [str(each.trigger.variables["date"])[:4] for each in found if each.done and each.trigger]

    changed = threading.Event()
    unsubscribe = app.engine.news.subscribe(None, changed.set)
    while len(done()) < 3:
        assert changed.wait(20)
        changed.clear()
    unsubscribe()
    assert done() == ["2022", "2021", "2020"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("PUT", "", {**KEY, "triggerId": "none", "disabled": True}, 404, "there is no trigger none"),
        ("POST", "/company.team/planned/yearly/unlock", None, 409, "is not locked"),
        ("POST", "/company.team/planned/yearly/restart", None, 409, "which is not evaluated in an interval"),
        ("PUT", "/backfill/pause", KEY, 409, "has no backfill"),
        ("PUT", "/backfill/create", KEY, 422, "expected `backfill` with a `start`"),
        ("PUT", "/backfill/create", {**KEY, "backfill": {"start": "2999-01-01T00:00:00Z"}}, 422, "expected `start`"),
        ("PUT", "", {"flowId": "planned"}, 422, "namespace"),
    ],
)
def test_what_cannot_be_done_is_told(
    api: httpx.Client, method: str, path: str, body: object, status: int, words: str
) -> None:
    answer = api.request(method, ROOT + path, json=body)
    assert answer.status_code == status
    assert words in answer.json()["message"]


def test_of_several_those_that_do_not_allow_it_are_named(api: httpx.Client) -> None:
    ask(api, "PUT", "/backfill/create", json={**KEY, "backfill": BACKFILL})
    answer = api.post(ROOT + "/backfill/pause/by-triggers", json=[KEY, {**KEY, "flowId": "none"}])
    why = "there is no trigger yearly of company.team.none"
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "message": f"1 of 2 triggers do not allow this, so it was done to 1; company.team.none.yearly: {why}",
            "invalids": [{"id": "company.team.none.yearly", "message": why}],
        },
    )
    assert standing(api)["backfill"]["paused"]


def test_a_locked_trigger_is_unlocked(app: App, api: httpx.Client) -> None:
    with app.store.database.read() as connection:
        state = app.store.triggers.get(connection, "company.team", "planned", "yearly")
    assert state is not None
    locked = replace(state, locked_by="an-execution")
    app.store.journal.write(lambda connection: app.store.triggers.upsert(connection, [locked]))
    assert (standing(api)["locked"], standing(api)["executionId"]) == (True, "an-execution")
    assert not ask(api, "POST", "/company.team/planned/yearly/unlock")["locked"]
    app.store.journal.write(lambda connection: app.store.triggers.upsert(connection, [locked]))
    assert ask(api, "POST", "/unlock/by-query", params={"namespace": "company"}) == {"count": 1}
    app.store.journal.write(lambda connection: app.store.triggers.upsert(connection, [locked]))
    assert ask(api, "POST", "/unlock/by-triggers", json=[KEY]) == {"count": 1}


def test_a_trigger_that_is_deleted_begins_anew(api: httpx.Client) -> None:
    ask(api, "PUT", json={**KEY, "disabled": True})
    assert api.delete(ROOT + "/company.team/planned/yearly").status_code == 204
    assert not standing(api)["disabled"]
    assert ask(api, "DELETE", "/delete/by-query", params={"flowId": "planned"}) == {"count": 1}
