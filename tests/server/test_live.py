"""The live stream of an execution: what it tells of many task runs, of a long log, and of what happens meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from gitops.app import App
from gitops.execution.state import Execution, State
from tests.replacing import replace
from tests.server.large import log, save, stored

API = "/api/v1/main/executions"
Events = Iterator[tuple[str, Any]]


@contextmanager
def following(client: httpx.Client, execution: Execution) -> Iterator[Events]:
    """The events of an execution."""
    with client.stream("GET", f"{API}/{execution.id}/live") as stream:
        yield _events(stream.iter_lines())


def _events(lines: Iterator[str]) -> Events:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_a_loop_of_ten_thousand_iterations_is_counted_and_not_told_of(client: httpx.Client, app: App) -> None:
    execution = stored(app, children=10_000)
    with following(client, execution) as events:
        (name, snapshot), end = events
    assert (name, end) == ("snapshot", ("end", {}))
    (loop,) = snapshot["execution"]["taskRunList"]
    assert (loop["taskId"], loop["children"]) == ("loop", 10_000)
    assert snapshot["counts"] == {"states": {"SUCCESS": 10_001}, "groups": {loop["id"]: {"SUCCESS": 10_000}}}


def test_many_task_runs_in_sight_come_in_pages(client: httpx.Client, app: App) -> None:
    execution = stored(app, children=2_500)
    flat = {id_: replace(run, parent_id=None) for id_, run in execution.task_runs.items()}
    other = replace(execution, id=execution.id[::-1], task_runs=type(execution.task_runs)())
    for id_, run in flat.items():
        mine = replace(run, id=id_[::-1], execution_id=other.id)
        other = replace(other, task_runs=other.task_runs.insert(mine.id, mine))
    save(app, None, other, other.task_runs)
    with following(client, other) as events:
        found = list(events)
    first = found[0][1]["execution"]["taskRunList"]
    later = [data for name, data in found if name == "taskRun"]
    assert (len(first), len(later)) == (1_000, 1_501)
    assert len({run["id"] for run in [*first, *later]}) == 2_501
    assert found[-1] == ("end", {})


def test_what_moves_is_told_with_the_counts_and_what_is_gone_too(client: httpx.Client, app: App) -> None:
    execution = stored(app, state=State.RUNNING, children=2)
    loop, first, second = execution.in_order()
    with following(client, execution) as events:
        next(events)
        moved = replace(first, state=State.FAILED)
        after = replace(execution, task_runs=execution.task_runs.insert(first.id, moved))
        save(app, execution, after, [first.id])
        told = [next(events), next(events)]
        assert [(name, data.get("id")) for name, data in told] == [("taskRun", first.id), ("counts", None)]
        assert told[1][1]["states"] == {"SUCCESS": 2, "FAILED": 1}
        ended = replace(after, state=State.FAILED, done=True)
        save(app, after, ended)
        rest = dict(events)
    assert rest["execution"]["state"]["current"] == "FAILED"
    assert list(rest) == ["execution", "end"]
    assert (loop.id, second.id) not in rest.items()


def test_a_long_log_begins_with_its_newest_lines_and_older_ones_are_asked_for(client: httpx.Client, app: App) -> None:
    execution = stored(app)
    log(app, execution, 12_345)
    with following(client, execution) as events:
        snapshot = next(events)[1]
    messages = [entry["message"] for entry in snapshot["logs"]]
    assert snapshot["logTotal"] == 12_345
    assert (len(messages), messages[0], messages[-1]) == (5_000, "line 7345", "line 12344")
    older = client.get(f"/api/v1/main/logs/{execution.id}?before={snapshot['logs'][0]['id']}&limit=2").json()
    assert [entry["message"] for entry in older] == ["line 7343", "line 7344"]
    newer = client.get(f"/api/v1/main/logs/{execution.id}?after={older[1]['id']}&limit=1").json()
    assert [entry["message"] for entry in newer] == ["line 7345"]
    text = client.get(f"/api/v1/main/logs/{execution.id}/download").text
    assert text.count("\n") == 12_345


def test_a_burst_of_lines_is_told_to_its_last_before_the_end(client: httpx.Client, app: App) -> None:
    execution = stored(app, state=State.RUNNING)
    with following(client, execution) as events:
        next(events)
        log(app, execution, 3_500)
        save(app, execution, replace(execution, state=State.SUCCESS, done=True))
        messages = [data["message"] for name, data in events if name == "log"]
    assert messages == [f"line {number}" for number in range(3_500)]
