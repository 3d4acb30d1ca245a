"""Calls of webhook triggers over HTTP: what is answered, and what the execution gets to know."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from gitops.app import App
from gitops.execution.state import Execution
from tests.server.conftest import add

WAIT_SECONDS = 20.0


def hook(*lines: str, inputs: str = "", tasks: str = "", outputs: str = "") -> str:
    """A flow with a webhook trigger that has these lines."""
    log = "  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: m\n"
    trigger = ["- id: t", "  type: io.kestra.plugin.core.trigger.Webhook", "  key: k", *(f"  {line}" for line in lines)]
    parts = ["id: called", "namespace: company.team", inputs, "tasks:", log + tasks, outputs, "triggers:"]
    return "\n".join([*parts, *(f"  {line}" for line in trigger)]) + "\n"


def call(client: httpx.Client, method: str = "POST", path: str = "k", **body: Any) -> httpx.Response:
    return client.request(method, f"/api/v1/main/executions/webhook/company.team/called/{path}", **body)


def executions(app: App) -> list[Execution]:
    from gitops.store.executions import ExecutionFilter

    with app.store.database.read() as connection:
        return app.store.executions.search(connection, ExecutionFilter(flow_id="called")).results


def told(app: App) -> dict[str, Any]:
    """What the trigger told the only execution."""
    (execution,) = executions(app)
    assert execution.trigger is not None
    return dict(execution.trigger.variables)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_call_creates_an_execution(app: App, client: httpx.Client, method: str) -> None:
    add(app, hook())
    answer = call(client, method, params={"a": ["1", "2"]}, headers={"X-Team": "data"})
    assert answer.status_code == 200
    assert answer.json()["trigger"]["id"] == "t"
    assert told(app)["parameters"] == {"a": ["1", "2"]}
    assert told(app)["headers"]["x-team"] == ["data"]
    assert told(app)["body"] is None


def test_a_binary_body_is_told_as_base64(app: App, client: httpx.Client) -> None:
    add(app, hook())
    call(client, content=b"\xff\x00")
    assert told(app)["body"] == "/wA="


@pytest.mark.parametrize(("body", "status"), [({"go": True}, 200), ({"go": False}, 204)])
def test_nothing_happens_when_the_conditions_do_not_hold(
    app: App, client: httpx.Client, body: dict[str, bool], status: int
) -> None:
    add(
        app,
        hook(
            "conditions:",
            "  - type: io.kestra.plugin.core.condition.Expression",
            '    expression: "{{ trigger.body.go }}"',
        ),
    )
    answer = call(client, json=body)
    assert answer.status_code == status
    assert len(executions(app)) == (status == 200)
    assert bool(answer.content) is (status == 200)


def test_when_decides_too(app: App, client: httpx.Client) -> None:
    add(app, hook('when: "{{ trigger.parameters.go is defined }}"'))
    assert [call(client, params=each).status_code for each in ({}, {"go": "1"})] == [204, 200]


def test_inputs_are_rendered_with_the_call(app: App, client: httpx.Client) -> None:
    inputs = "inputs:\n  - id: rows\n    type: INT\n"
    add(app, hook('inputs: {rows: "{{ trigger.body.rows }}"}', inputs=inputs))
    assert call(client, json={"rows": 3}).json()["inputs"] == {"rows": 3}


@pytest.mark.parametrize(
    ("lines", "body", "words"),
    [
        (['inputs: {rows: "{{ trigger.body.rows }}"}'], {"rows": "many"}, "Invalid input for `rows`"),
        (['inputs: {rows: "{{ trigger.body.rows }}"}'], {}, "the inputs cannot be rendered"),
        ([], {}, "Invalid input for `rows`"),
        (["inputs: {rows: 1}", 'when: "{{ trigger.body.nothing.at.all }}"'], {}, "the conditions cannot be evaluated"),
    ],
)
def test_what_does_not_fit_is_told_to_the_caller(
    app: App, client: httpx.Client, lines: list[str], body: dict[str, object], words: str
) -> None:
    add(app, hook(*lines, inputs="inputs:\n  - id: rows\n    type: INT\n"))
    answer = call(client, json=body)
    assert answer.status_code == 422
    assert words in answer.json()["message"]
    assert executions(app) == []


@pytest.mark.parametrize("path", ["other", "k/", "k/more", "k/more/still", ""])
def test_other_addresses_are_not_found(app: App, client: httpx.Client, path: str) -> None:
    add(app, hook())
    answer = call(client, path=path)
    assert answer.status_code in (404, 405)
    assert executions(app) == []


def test_what_is_off_is_not_found_and_a_disabled_flow_is_a_conflict(app: App, client: httpx.Client) -> None:
    add(app, hook("disabled: true"))
    assert call(client).status_code == 404
    add(app, "disabled: true\n" + hook())
    assert call(client).status_code == 409


FAILING = "  - id: fail\n    type: io.kestra.plugin.core.execution.Fail\n"
OUTPUTS = 'outputs:\n  - id: rows\n    type: INT\n    value: "{{ 41 + 1 }}"\n'
TWO_OUTPUTS = OUTPUTS + "  - id: name\n    type: STRING\n    value: x\n"


@pytest.mark.parametrize(
    ("lines", "tasks", "status"),
    [
        (["wait: true"], "", 200),
        (["wait: true"], FAILING, 500),
        (["wait: true", "responseCode: 202"], FAILING, 202),
        (["wait: true", 'responseCode: "{{ outputs.rows + 160 }}"'], "", 202),
        (["responseCode: 201"], FAILING, 201),
    ],
)
def test_the_status_of_the_answer(app: App, client: httpx.Client, lines: list[str], tasks: str, status: int) -> None:
    add(app, hook(*lines, tasks=tasks, outputs=OUTPUTS))
    answer = call(client)
    assert answer.status_code == status
    if "wait: true" in lines:
        assert answer.json()["state"]["current"] == ("FAILED" if tasks else "SUCCESS")


@pytest.mark.parametrize(
    ("outputs", "lines", "kind", "text"),
    [
        (OUTPUTS, [], "application/json", '{"rows": 42}'),
        (OUTPUTS, ["responseContentType: text/plain"], "text/plain; charset=utf-8", "42"),
        (TWO_OUTPUTS, ["responseContentType: text/plain"], "text/plain; charset=utf-8", '{"rows": 42, "name": "x"}'),
        ("", [], "application/json", "{}"),
    ],
)
def test_the_answer_may_be_the_outputs(
    app: App, client: httpx.Client, outputs: str, lines: list[str], kind: str, text: str
) -> None:
    add(app, hook("wait: true", "returnOutputs: true", *lines, outputs=outputs))
    answer = call(client)
    assert (answer.headers["content-type"], answer.text) == (kind, text)


def kept(app: App, address: str, folder: Any) -> bytes:
    """The bytes of a file of internal storage."""
    target = folder / "fetched"
    app.engine._surroundings.storage.fetch(address, target)
    return bytes(target.read_bytes())


def test_a_body_may_be_kept_as_a_file_of_the_execution(app: App, client: httpx.Client, tmp_path: Any) -> None:
    reading = '  - id: read\n    type: io.kestra.plugin.core.debug.Return\n    format: "{{ read(trigger.uri) }}"\n'
    add(app, hook("fetchType: STORE", "wait: true", tasks=reading))
    runs = call(client, content=b"text").json()["taskRunList"]
    assert "body" not in told(app)
    assert kept(app, told(app)["uri"], tmp_path) == b"text"
    assert [run["outputs"].get("value") for run in runs] == [None, "text"]


def test_a_form_of_many_parts_gives_files_and_fields(app: App, client: httpx.Client, tmp_path: Any) -> None:
    add(app, hook())
    call(client, files=[("file", ("../a.csv", b"1,2", "text/csv")), ("file", ("b", b"3"))], data={"tag": ["x", "y"]})
    found = told(app)
    assert "body" not in found
    assert found["formFields"] == {"tag": ["x", "y"]}
    first, second = found["parts"]
    uri = first.pop("uri")
    assert first == {"name": "file", "filename": "../a.csv", "contentType": "text/csv", "size": 3}
    assert kept(app, uri, tmp_path) == b"1,2"
    assert kept(app, second["uri"], tmp_path) == b"3"
    assert uri.endswith("/0/a.csv")
