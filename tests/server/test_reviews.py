"""Reviews and pauses over HTTP, with the real engine: what is asked for, what is refused, and what comes of it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from gitops.app import App
from gitops.execution.state import State
from tests.server.conftest import add

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
outputs:
  - id: comment
    type: STRING
    value: "{{ outputs.sign.comment ?? 'none' }}"
  - id: amount
    type: INT
    value: "{{ outputs.sign.inputs.amount }}"
"""


@pytest.fixture
def waiting(app: App, client: httpx.Client) -> str:
    """The id of an execution that waits for a review."""
    add(app, REVIEWED)
    found = str(client.post(f"{API}/company.team/reviewed").json()["id"])
    app.engine.wait_for(found, State.PAUSED) if hasattr(app.engine, "wait_for") else app.engine.wait(found, 0.5)
    return found


def review(client: httpx.Client, execution_id: str, **query: str) -> httpx.Response:
    """Decide, with an amount."""
    return client.post(f"{API}/{execution_id}/actions/review", params=query, data={"amount": "7"})
