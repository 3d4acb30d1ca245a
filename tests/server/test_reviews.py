"""Pauses and reviews over HTTP, with the real engine: what is asked for, what is refused, and what comes of it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from gitops.app import App
from gitops.execution.state import State
from tests.server.conftest import add, until

API = "/api/v1/main/executions"
REVIEWED = """\
id: reviewed
namespace: company.team
tasks:
  - id: sign
    type: io.kestra.plugin.core.flow.Approval
    commentRequired: ON_DENY
    denyBehavior: FAIL
    inputs:
      - id: amount
        type: INT
"""
PAUSED = """\
id: paused
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - id: reason
        type: STRING
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "because {{ outputs.wait.onResume.reason }}"
"""


def begin(app: App, client: httpx.Client, source: str) -> str:
    """Deploy and start a flow that holds its executions; gives the id of one that waits."""
    add(app, source)
    flow_id = source.split("\n", 1)[0].removeprefix("id: ")
    found = str(client.post(f"{API}/company.team/{flow_id}").json()["id"])
    until(app, found, State.PAUSED)
    return found


def outputs_of(client: httpx.Client, execution_id: str, task_id: str) -> dict[str, Any]:
    """The outputs of a task."""
    runs = client.get(f"{API}/{execution_id}").json()["taskRunList"]
    return dict(next(run["outputs"] for run in runs if run["taskId"] == task_id))


def test_a_pause_goes_on_with_what_it_asks_for(app: App, client: httpx.Client) -> None:
    execution = begin(app, client, PAUSED)
    refused = client.post(f"{API}/{execution}/resume")
    assert (refused.status_code, [error["path"] for error in refused.json()["errors"]]) == (422, ["reason"])
    answer = client.post(f"{API}/{execution}/resume", data={"reason": "we like it"})
    assert (answer.status_code, answer.content) == (204, b"")
    until(app, execution, State.SUCCESS)
    assert outputs_of(client, execution, "wait")["onResume"] == {"reason": "we like it"}


@pytest.mark.parametrize(
    ("query", "ends"),
    [
        ({"decision": "APPROVED"}, State.SUCCESS),
        ({"decision": "DENIED", "comment": "not before Monday"}, State.FAILED),
    ],
)
def test_a_review_is_decided_with_what_the_reviewer_fills_in(
    app: App, client: httpx.Client, *, query: dict[str, str], ends: State
) -> None:
    execution = begin(app, client, REVIEWED)
    answer = client.post(f"{API}/{execution}/actions/review", params=query, data={"amount": "7"})
    assert (answer.status_code, answer.content) == (204, b"")
    until(app, execution, ends)
    found = outputs_of(client, execution, "sign")
    assert (found["decision"], found["inputs"], found.get("comment")) == (
        query["decision"],
        {"amount": 7},
        query.get("comment"),
    )


def test_what_is_denied_is_cancelled_unless_told_otherwise(app: App, client: httpx.Client) -> None:
    execution = begin(app, client, REVIEWED.replace("    denyBehavior: FAIL\n", ""))
    client.post(f"{API}/{execution}/review?decision=DENIED&comment=no", data={"amount": "7"})
    until(app, execution, State.CANCELLED)


def test_a_review_that_needs_a_comment_is_not_decided_without(app: App, client: httpx.Client) -> None:
    execution = begin(app, client, REVIEWED)
    answer = client.post(f"{API}/{execution}/review?decision=DENIED&comment=%20", data={"amount": "7"})
    message = "a comment is required to deny, found none"
    assert answer.status_code == 422
    assert answer.json() == {"message": message, "errors": [{"path": "comment", "message": message}]}
    until(app, execution, State.PAUSED)


def test_a_decision_is_one_of_two_words(app: App, client: httpx.Client) -> None:
    execution = begin(app, client, REVIEWED)
    answer = client.post(f"{API}/{execution}/review?decision=MAYBE")
    assert answer.json()["message"] == "query.decision: expected 'APPROVED' or 'DENIED', found `MAYBE`"
