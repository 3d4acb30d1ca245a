"""Following an execution and its log as clients of Kestra do: events whose id says what they are, to the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from gitops.app import App
from gitops.execution.state import State
from tests.replacing import replace
from tests.server.conftest import add
from tests.server.large import log, save, stored

API = "/api/v1/main"
Events = Iterator[tuple[str, Any]]
PAUSING = """\
id: pausing
namespace: company.team
tasks:
  - id: before
    type: io.kestra.plugin.core.log.Log
    message: [one, two]
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
  - id: after
    type: io.kestra.plugin.core.log.Log
    message: three
    level: WARN
"""


@contextmanager
def following(client: httpx.Client, path: str) -> Iterator[Events]:
    """The events of an address, each by its id; they are over when the service closes the connection."""
    with client.stream("GET", API + path) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        yield _events(stream.iter_lines())


def _events(lines: Iterator[str]) -> Events:
    kind = ""
    for line in lines:
        if line.startswith("id: "):
            kind = line.removeprefix("id: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


def _until(events: Events, state: str) -> dict[str, Any]:
    return next(data for _, data in events if data["state"]["current"] == state)


def test_an_execution_is_followed_over_its_pause_to_its_end(client: httpx.Client, app: App) -> None:
    add(app, PAUSING)
    id_ = client.post(f"{API}/executions/company.team/pausing").json()["id"]
    with following(client, f"/executions/{id_}/follow") as events:
        paused = _until(events, "PAUSED")
        assert [run["taskId"] for run in paused["taskRunList"]] == ["before", "wait"]
        client.post(f"{API}/executions/{id_}/resume").raise_for_status()
        *progress, (kind, last) = events
    assert {kind for kind, _ in progress} == {"progress"}
    assert (kind, last["state"]["current"], len(last["taskRunList"])) == ("end", "SUCCESS", 3)
    assert last == client.get(f"{API}/executions/{id_}").json()


def test_an_execution_that_has_ended_is_told_once_and_ends(client: httpx.Client, app: App) -> None:
    execution = stored(app)
    with following(client, f"/executions/{execution.id}/follow") as events:
        assert [(kind, data["id"]) for kind, data in events] == [("progress", execution.id), ("end", execution.id)]


def test_an_end_waits_for_what_runs_after_it(client: httpx.Client, app: App) -> None:
    execution = stored(app, done=False)
    with following(client, f"/executions/{execution.id}/follow") as events:
        assert next(events)[0] == "progress"
        save(app, execution, replace(execution, done=True))
        assert [kind for kind, _ in events] == ["end"]


def test_a_log_is_followed_from_its_first_line_to_its_last(client: httpx.Client, app: App) -> None:
    add(app, PAUSING)
    id_ = client.post(f"{API}/executions/company.team/pausing").json()["id"]
    with following(client, f"/logs/{id_}/follow") as events:
        assert [next(events)[1]["message"] for _ in range(2)] == ["one", "two"]
        client.post(f"{API}/executions/{id_}/resume").raise_for_status()
        assert [(kind, data.get("message")) for kind, data in events] == [("progress", "three"), ("end", None)]
    with following(client, f"/logs/{id_}/follow?minLevel=WARN") as events:
        assert [data.get("message") for _, data in events] == ["three", None]
    with following(client, f"/logs/{id_}/follow?taskId=before") as events:
        assert [data.get("message") for _, data in events] == ["one", "two", None]


def test_a_long_log_is_followed_to_its_last_line(client: httpx.Client, app: App) -> None:
    execution = stored(app, state=State.RUNNING)
    log(app, execution, 1_000)
    with following(client, f"/logs/{execution.id}/follow") as events:
        next(events)
        log(app, execution, 1_500)
        save(app, execution, replace(execution, state=State.SUCCESS, done=True))
        assert len(list(events)) == 2_500


@pytest.mark.parametrize("path", ["/executions/{}/follow", "/logs/{}/follow", "/logs/{}"])
def test_what_does_not_exist_cannot_be_followed_or_read(client: httpx.Client, path: str) -> None:
    answer = client.get(API + path.format("nothing"))
    assert (answer.status_code, answer.json()["message"]) == (404, "there is no execution nothing")
