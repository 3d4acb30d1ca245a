"""An execution with many task runs: read without them, and a page of them at a time."""

from __future__ import annotations

import httpx

from gitops.app import App
from tests.server.large import stored

API = "/api/v1/main/executions"


def test_an_execution_is_read_without_its_task_runs(client: httpx.Client, app: App) -> None:
    execution = stored(app, children=3)
    assert len(client.get(f"{API}/{execution.id}").json()["taskRunList"]) == 4
    head = client.get(f"{API}/{execution.id}?taskRuns=false").json()
    assert "taskRunList" not in head
    assert (head["id"], head["metadata"], head["actions"]) == (
        execution.id,
        {"attemptNumber": 1},
        ["replay", "state", "change-status", "labels", "delete"],
    )


def test_task_runs_are_read_by_page_parent_and_state(client: httpx.Client, app: App) -> None:
    execution = stored(app, children=250)
    path = f"{API}/{execution.id}/task-runs"
    page = client.get(f"{path}?parentId={execution.id}-0&size=100&page=3").json()
    assert (page["total"], len(page["results"])) == (250, 50)
    last = page["results"][-1]
    assert (last["value"], last["iteration"], last["parentTaskRunId"]) == ("250", 249, f"{execution.id}-0")
    assert [attempt["number"] for attempt in last["attempts"]] == [1]
    assert client.get(path).json()["total"] == 251
    assert client.get(f"{path}?state=FAILED").json() == {"results": [], "total": 0}
    assert client.get(f"{API}/nothing/task-runs").status_code == 404


def test_what_an_execution_called_for_is_found_by_it(client: httpx.Client, app: App) -> None:
    execution = stored(app)
    assert client.get(f"{API}/search?triggerExecutionId={execution.id}").json()["total"] == 0
