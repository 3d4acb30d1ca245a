"""The API as its clients meet it: answers, filters, errors."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from gitops.app import App
from tests.server.conftest import HOOKED, add

API = "/api/v1/main"


def run(client: httpx.Client, **inputs: str) -> dict[str, Any]:
    """Run the flow to its end."""
    answer = client.post(f"{API}/executions/company.team/hooked?wait=true", data=inputs)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_flows_are_found_by_namespace_text_and_label(client: httpx.Client, app: App) -> None:
    add(app, HOOKED.replace("id: hooked", "id: other", 1).replace("company.team", "company.sales"))
    for query, expected in (
        ("", {"hooked", "other"}),
        ("?namespace=company", {"hooked", "other"}),
        ("?namespace=company.sales", {"other"}),
        ("?q=hook", {"hooked"}),
        ("?labels=owner:data", {"hooked", "other"}),
        ("?labels=owner:nobody", set()),
    ):
        page = client.get(f"{API}/flows/search{query}").json()
        assert {flow["id"] for flow in page["results"]} == expected
        assert page["total"] == len(expected)


def test_a_flow_is_answered_with_inputs_triggers_and_on_request_its_source(client: httpx.Client) -> None:
    flow = client.get(f"{API}/flows/company.team/hooked").json()
    assert (flow["revision"], flow["labels"]) == (1, [{"key": "owner", "value": "data"}])
    assert [item["id"] for item in flow["inputs"]] == ["name", "times"]
    assert [item["id"] for item in flow["triggers"]] == ["hook"]
    assert "source" not in flow
    assert client.get(f"{API}/flows/company.team/hooked?source=true").json()["source"] == HOOKED


def test_revisions_are_kept(client: httpx.Client, app: App) -> None:
    add(app, HOOKED.replace("hello", "goodbye"))
    found = client.get(f"{API}/flows/company.team/hooked/revisions").json()
    assert [item["revision"] for item in found] == [1, 2]
    assert "hello" in client.get(f"{API}/flows/company.team/hooked?revision=1&source=true").json()["source"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/flows/company.team/nothing", "there is no flow company.team.nothing"),
        ("/flows/company.team/hooked?revision=7", "there is no flow company.team.hooked with revision 7"),
        ("/executions/nothing", "there is no execution nothing"),
        ("/repositories/nothing", "no repository `nothing` is watched"),
    ],
)
def test_what_is_not_there_is_404_with_its_name(client: httpx.Client, path: str, message: str) -> None:
    answer = client.get(API + path)
    assert (answer.status_code, answer.json()) == (404, {"message": message})


def test_inputs_come_as_form_fields_or_as_json(client: httpx.Client) -> None:
    assert run(client, name="ann")["inputs"] == {"name": "ann", "times": None}
    answer = client.post(f"{API}/executions/company.team/hooked", json={"name": "bob", "times": 3})
    assert answer.json()["inputs"] == {"name": "bob", "times": 3}


def test_inputs_that_do_not_fit_are_422_and_each_is_named(client: httpx.Client) -> None:
    answer = client.post(f"{API}/executions/company.team/hooked", json={"times": "x", "other": "y"})
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == ["times"]


def test_an_execution_has_its_task_runs_states_and_log(client: httpx.Client) -> None:
    execution = run(client, name="ann")
    assert execution["state"]["current"] == "SUCCESS"
    assert execution["state"]["duration"].startswith("PT")
    (task_run,) = execution["taskRunList"]
    assert [moment["state"] for moment in task_run["state"]["histories"]] == ["CREATED", "RUNNING", "SUCCESS"]
    (line,) = client.get(f"{API}/logs/{execution['id']}").json()
    assert (line["message"], line["level"], line["taskId"]) == ("hello ann", "INFO", "say")
    assert client.get(f"{API}/logs/{execution['id']}?minLevel=WARN").json() == []
    assert client.get(f"{API}/logs/{execution['id']}/download").text.endswith("INFO  say hello ann\n")


def test_executions_are_found_by_state_flow_and_label(client: httpx.Client) -> None:
    first = run(client)
    answer = client.post(f"{API}/executions/company.team/hooked?wait=true&labels=kind:manual")
    second = answer.json()["id"]
    for query, expected in (
        ("", [second, first["id"]]),
        ("?state=SUCCESS&flowId=hooked", [second, first["id"]]),
        ("?state=FAILED", []),
        ("?labels=kind:manual", [second]),
        ("?size=1", [second]),
        ("?size=1&page=2", [first["id"]]),
    ):
        assert [item["id"] for item in client.get(f"{API}/executions/search{query}").json()["results"]] == expected


def test_labels_of_a_new_execution_may_hold_anything_but_keys_of_the_service(client: httpx.Client) -> None:
    start = f"{API}/executions/company.team/hooked"
    made = client.post(start, params={"labels": ["at: 10:30, sharp", "b:"]}).json()
    labels = {label["key"]: label["value"] for label in made["labels"]}
    assert {"at": "10:30, sharp", "b": ""}.items() <= labels.items()
    for wrong, message in (
        (":x", "labels: expected `key:value`, found `:x`"),
        ("system.x:1", "labels: `system.x` cannot be set; keys that start with `system.` belong to the service"),
    ):
        answer = client.post(start, params={"labels": wrong})
        assert (answer.status_code, answer.json()["message"]) == (422, message)


@pytest.mark.parametrize("zone", ["", "Z", "+02:00"])
def test_an_execution_with_a_date_is_created_and_waits_for_it(client: httpx.Client, zone: str) -> None:
    made = client.post(f"{API}/executions/company.team/hooked", params={"scheduleDate": f"2099-01-01T12:00:00{zone}"})
    found = client.get(f"{API}/executions/{made.json()['id']}").json()
    hour = "10" if zone == "+02:00" else "12"
    assert (found["state"]["current"], found["scheduleDate"]) == ("CREATED", f"2099-01-01T{hour}:00:00.000000Z")


def test_a_label_filter_of_another_form_is_422(client: httpx.Client) -> None:
    answer = client.get(f"{API}/executions/search?labels=owner")
    assert (answer.status_code, answer.json()["message"]) == (422, "labels: expected `key:value`, found `owner`")


def test_an_ended_execution_cannot_be_killed(client: httpx.Client) -> None:
    execution = run(client)
    answer = client.delete(f"{API}/executions/{execution['id']}/kill")
    assert answer.status_code == 409
    assert "it is SUCCESS; only one that has not ended can be" in answer.json()["message"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_webhook_trigger_is_called_by_its_key(client: httpx.Client, method: str) -> None:
    answer = client.request(method, f"{API}/executions/webhook/company.team/hooked/the-key?q=1")
    assert answer.status_code == 200
    assert answer.json()["trigger"]["variables"]["parameters"] == {"q": ["1"]}
    refused = client.request(method, f"{API}/executions/webhook/company.team/hooked/another")
    assert (refused.status_code, refused.json()["message"]) == (404, "there is no webhook trigger with this key")


def test_the_tenantless_form_of_every_path_answers_too(client: httpx.Client) -> None:
    assert client.get("/api/v1/flows/company.team/hooked").json()["id"] == "hooked"


def test_live_events_begin_with_everything_and_end_with_the_execution(client: httpx.Client) -> None:
    execution = client.post(f"{API}/executions/company.team/hooked").json()
    with client.stream("GET", f"{API}/executions/{execution['id']}/live") as stream:
        events = list(read_events(stream.iter_lines()))
    assert events[0][0] == "snapshot"
    assert events[-1] == ("end", {})
    seen = [events[0][1]["execution"], *(data for name, data in events if name == "execution")]
    assert seen[-1]["state"]["current"] == "SUCCESS"
    messages = [entry["message"] for entry in events[0][1]["logs"]]
    messages += [data["message"] for name, data in events if name == "log"]
    assert messages == ["hello world"]


def read_events(lines: Any) -> Any:
    """Server-sent events as pairs of name and data."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_a_body_that_is_too_large_is_413(client: httpx.Client) -> None:
    answer = client.post(f"{API}/flows/validate", content=b"x" * (6 * 1024 * 1024))
    assert answer.status_code == 413


def test_every_answer_carries_the_headers_that_browsers_heed(client: httpx.Client) -> None:
    headers = client.get("/ping").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in headers["content-security-policy"]


def test_the_openapi_document_names_every_resource(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert f"{API}/flows/search" in paths
    assert "/webhooks/{repository}" in paths
    assert not [path for path in paths if path.startswith("/api/v1/flows")]


def test_health_is_up(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "UP"}
    assert client.get("/ping").text == "pong"


def test_an_address_or_method_that_there_is_not_is_said(client: httpx.Client) -> None:
    for method, path, status, message in (
        ("GET", "/nothing", 404, "there is no address /api/v1/main/nothing; those that there are stand at /docs"),
        ("PATCH", "/flows/search", 405, "/api/v1/main/flows/search does not take PATCH; expected GET"),
    ):
        answer = client.request(method, API + path)
        assert (answer.status_code, answer.json()) == (status, {"message": message})
