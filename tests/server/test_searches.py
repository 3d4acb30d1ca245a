"""Searches with filters and plain parameters find what they say; what acts upon a search refuses a misspelt one."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import delete

from gitops.app import App
from gitops.engine import clock
from gitops.execution.state import Caller, State, TriggeredBy
from gitops.store.tables import executions
from tests.replacing import replace
from tests.server.conftest import HOOKED, add
from tests.server.large import NOON, log, save, stored

API = "/api/v1/main"


@pytest.fixture
def found(app: App, client: httpx.Client) -> dict[str, str]:
    """Three executions by a name of their own: a failed one, one that it called for, and one of `system`."""
    add(app, HOOKED.replace("company.team", "system.watch"))
    failed, child, ours = (
        replace(stored(app, state=state), id=clock.new_id()) for state in (State.FAILED, State.RUNNING, State.SUCCESS)
    )
    app.store.journal.write(lambda connection: connection.execute(delete(executions)))
    trigger, caller = (
        TriggeredBy(id="hook", type="Webhook"),
        Caller(execution_id=failed.id, task_run_id="run", attempt=1),
    )
    labelled = replace(failed, labels=(("env", "prod"),), trigger=trigger)
    called = replace(child, caller=caller, parent_id=failed.id)
    other = replace(ours, namespace="system.watch")
    for each in (labelled, called, other):
        save(app, None, each)
    return {labelled.id: "failed", called.id: "child", other.id: "system"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("filters[state][EQUALS]=FAILED", {"failed"}),
        ("filters[state][NOT_EQUALS]=FAILED", {"child", "system"}),
        ("filters[state][IN]=FAILED,RUNNING", {"failed", "child"}),
        ("filters[state][EQUALS]=FAILED&filters[namespace][EQUALS]=other", set()),
        ("filters[namespace][EQUALS]=company", set()),
        ("filters[namespace][PREFIX]=company", {"failed", "child"}),
        ("filters[namespace][ENDS_WITH]=TEAM", {"failed", "child"}),
        ("filters[flowId][STARTS_WITH]=hook", {"failed", "child", "system"}),
        ("filters[flowId][NOT_CONTAINS]=ook", set()),
        ("filters[labels][EQUALS][env]=prod", {"failed"}),
        ("filters[labels][NOT_EQUALS][env]=prod", {"child", "system"}),
        ("filters[triggerId][EQUALS]=hook", {"failed"}),
        ("filters[triggerId][NOT_EQUALS]=hook", {"child", "system"}),
        ("filters[triggerId][IS_NULL]=", {"child", "system"}),
        ("filters[parentId][IS_NOT_NULL]=", {"child"}),
        ("filters[childFilter][EQUALS]=CHILD", {"child"}),
        ("childFilter=MAIN", {"failed", "system"}),
        ("filters[endDate][GREATER_THAN]=2020-01-01", {"failed", "system"}),
        ("filters[startDate][GREATER_THAN_OR_EQUAL_TO]={noon}", {"failed", "child", "system"}),
        ("filters[startDate][GREATER_THAN]={noon}", set()),
        ("filters[flowRevision][LESS_THAN]=2", {"failed", "child", "system"}),
        ("timeRange=PT0S", set()),
        ("scope=USER", {"failed", "child"}),
        ("filters[scope][EQUALS]=SYSTEM", {"system"}),
        ("q=WATCH", {"system"}),
        ("filters[q][NOT_EQUALS]=watch", {"failed", "child"}),
    ],
)
def test_executions_are_found_by_filters(
    client: httpx.Client, found: dict[str, str], query: str, names: set[str]
) -> None:
    noon = NOON.isoformat().replace("+00:00", "Z")
    answer = client.get(f"{API}/executions/search?{query.format(noon=noon)}")
    assert {found[item["id"]] for item in answer.json()["results"]} == names, answer.text


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("filters[flowId][EQUALS]=hooked", ["hooked"]),
        ("filters[flowId][IN]=hooked,other", ["hooked", "other"]),
        ("filters[namespace][NOT_EQUALS]=company.team", ["other"]),
        ("filters[labels][EQUALS][owner]=data", ["hooked", "other"]),
        ("filters[labels][NOT_EQUALS][owner]=data", []),
        ("filters[q][EQUALS]=team.hook", ["hooked"]),
        ("filters[scope][EQUALS]=SYSTEM", ["other"]),
    ],
)
def test_flows_are_found_by_filters(client: httpx.Client, app: App, query: str, ids: list[str]) -> None:
    add(app, HOOKED.replace("id: hooked", "id: other", 1).replace("company.team", "system"))
    answer = client.get(f"{API}/flows/search?{query}").json()
    assert ([item["id"] for item in answer["results"]], answer["total"]) == (ids, len(ids))


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        ("", ["line 2", "line 1", "line 0", "hello world"]),
        ("size=2&page=2", ["line 0", "hello world"]),
        ("q=HELLO", ["hello world"]),
        ("filters[executionId][EQUALS]={id}", ["hello world"]),
        ("filters[executionId][NOT_EQUALS]={id}", ["line 2", "line 1", "line 0"]),
        ("filters[taskId][EQUALS]=say&filters[attemptNumber][EQUALS]=1&filters[q][EQUALS]=hello", ["hello world"]),
        ("filters[level][EQUALS]=WARN", []),
        ("minLevel=INFO&size=1", ["line 2"]),
        ("minLevel=ERROR", []),
        ("namespace=company&flowId=hooked&size=1", ["line 2"]),
        ("namespace=comp", []),
        ("filters[namespace][PREFIX]=company&filters[q][EQUALS]=hello", ["hello world"]),
        ("triggerId=hook", []),
        ("startDate=2026-11-23T12:30:00Z&endDate=2026-11-23T12:00:00Z", []),
        ("filters[startDate][GREATER_THAN]=2099-01-01T00:00:00Z", []),
        ("filters[timeRange][EQUALS]=P9999D&q=hello", ["hello world"]),
    ],
)
def test_entries_of_all_executions_are_found_newest_first(
    client: httpx.Client, app: App, query: str, messages: list[str]
) -> None:
    made = client.post(f"{API}/executions/company.team/hooked?wait=true").json()
    log(app, stored(app), 3)
    answer = client.get(f"{API}/logs/search?{query.format(id=made['id'])}").json()
    assert [item["message"] for item in answer["results"]] == messages
    assert {(item["namespace"], item["flowId"]) for item in answer["results"]} <= {("company.team", "hooked")}


@pytest.mark.parametrize("path", ["executions", "flows", "logs"])
def test_a_filter_that_is_not_understood_is_refused(client: httpx.Client, path: str) -> None:
    answer = client.get(f"{API}/{path}/search?filters[stat][EQUALS]=FAILED")
    assert answer.status_code == 422
    assert "expected one of the fields q, " in answer.json()["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "executions/by-query"),
        ("DELETE", "executions/kill/by-query"),
        ("POST", "executions/restart/by-query"),
        ("DELETE", "triggers/delete/by-query"),
        ("POST", "triggers/unlock/by-query"),
        ("POST", "triggers/backfill/pause/by-query"),
    ],
)
def test_what_acts_upon_a_query_refuses_a_parameter_that_it_does_not_know(
    client: httpx.Client, app: App, method: str, path: str
) -> None:
    kept = stored(app, state=State.FAILED)
    answer = client.request(method, f"{API}/{path}?nmespace=other")
    assert answer.status_code == 422
    words = "nmespace: no such parameter, so nothing was done; expected one of "
    assert answer.json()["message"].startswith(words)
    assert "namespace" in answer.json()["message"].removeprefix(words)
    assert client.get(f"{API}/executions/{kept.id}").status_code == 200


def test_a_trigger_query_takes_no_filters(client: httpx.Client) -> None:
    answer = client.delete(f"{API}/triggers/delete/by-query?filters[namespace][EQUALS]=other")
    assert (answer.status_code, "no such parameter" in answer.json()["message"]) == (422, True)


def test_what_acts_upon_a_query_acts_upon_what_its_filters_find(client: httpx.Client, app: App) -> None:
    failed, kept = stored(app, state=State.FAILED), stored(app)
    answer = client.delete(f"{API}/executions/by-query?filters[state][EQUALS]=FAILED&deleteLogs=false")
    assert answer.json() == {"count": 1}
    assert [client.get(f"{API}/executions/{each.id}").status_code for each in (failed, kept)] == [404, 200]


def test_the_description_says_what_can_be_filtered_by(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, method in (
        ("/executions/search", "get"),
        ("/executions/kill/by-query", "delete"),
        ("/logs/search", "get"),
    ):
        (said,) = [each for each in paths[API + path][method]["parameters"] if each["name"] == "filters"]
        assert (said["style"], said["explode"]) == ("deepObject", True)
        assert "`namespace`: EQUALS, " in said["description"]
