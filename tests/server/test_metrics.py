"""Metrics of an execution as the API answers them."""

from __future__ import annotations

import httpx

from gitops.app import App
from gitops.store.metrics import Metric
from tests.server.large import NOON, stored

API = "/api/v1/main/metrics"


def test_metrics_are_read_by_page_task_and_task_run(client: httpx.Client, app: App) -> None:
    execution = stored(app, children=2)
    loop, first, second = execution.in_order()
    measured = [
        Metric(execution.id, loop, "timer", "length", 1.5, {}, NOON),
        Metric(execution.id, first, "counter", "rows", 3, {"kind": "csv"}, NOON),
        Metric(execution.id, second, "counter", "rows", 4, {}, NOON),
    ]
    app.store.journal.write(lambda connection: app.store.metrics.append(connection, measured))
    everything = client.get(f"{API}/{execution.id}").json()
    assert [(item["name"], item["value"]) for item in everything["results"]] == [
        ("length", 1500),
        ("rows", 3),
        ("rows", 4),
    ]
    for query, total, values in (
        (f"taskRunId={first.id}", 1, [3]),
        ("taskId=say", 2, [3, 4]),
        ("size=2&page=2", 3, [4]),
    ):
        page = client.get(f"{API}/{execution.id}?{query}").json()
        assert (page["total"], [item["value"] for item in page["results"]]) == (total, values)
    assert everything["results"][1]["tags"] == {"kind": "csv"}
    assert client.get(f"{API}/nothing").status_code == 404
