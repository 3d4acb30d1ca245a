"""Requests that wait for an execution hold no thread, so that all others are still answered."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from gitops.app import App
from gitops.execution.state import State
from gitops.store.executions import ExecutionFilter
from tests.server.conftest import add

PAUSED = """\
id: paused
namespace: company.team
tasks:
  - {id: ask, type: io.kestra.plugin.core.flow.Pause}
triggers:
  - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: the-key, wait: true}
"""
WAITING = 60
"""More than the threads that the server has for requests."""


@pytest.mark.parametrize("path", ["company.team/paused?wait=true", "webhook/company.team/paused/the-key"])
def test_many_that_wait_leave_room_for_others(app: App, client: httpx.Client, path: str) -> None:
    add(app, PAUSED)
    with ThreadPoolExecutor(WAITING) as pool:
        address = f"{client.base_url}/api/v1/main/executions/{path}"
        waiting = [pool.submit(httpx.post, address, timeout=60) for _ in range(WAITING)]
        ids = until_paused(app, WAITING)
        assert client.get("/health").json() == {"status": "UP"}
        for id_ in ids:
            assert client.post(f"/api/v1/main/executions/{id_}/resume").is_success
        answers = [future.result(60) for future in waiting]
    assert {answer.json()["state"]["current"] for answer in answers} == {"SUCCESS"}
    assert {answer.json()["id"] for answer in answers} == set(ids)


def until_paused(app: App, number: int) -> list[str]:
    """The ids of the executions, once that many are PAUSED."""
    wanted, changed = ExecutionFilter(flow_id="paused", states=[State.PAUSED]), threading.Event()
    unsubscribe = app.engine.news.subscribe(None, changed.set)
    try:
        while True:
            changed.clear()
            with app.store.database.read() as connection:
                ids = app.store.executions.ids(connection, wanted)
            if len(ids) == number:
                return ids
            assert changed.wait(30), f"only {len(ids)} of {number} are paused"
    finally:
        unsubscribe()
