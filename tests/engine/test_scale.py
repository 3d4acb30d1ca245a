"""Large executions cost as much for each task as small ones; what is counted is work and memory, never seconds."""

from __future__ import annotations

import json
import resource
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, event

from gitops.app import App
from gitops.execution.state import State
from gitops.language.scalars import Level
from gitops.settings import Settings
from gitops.store.database import Connection
from gitops.store.logs import LogEntry
from tests.engine.workshop import Workshop, open_workshop
from tests.server.conftest import answering

CORE = "io.kestra.plugin.core."
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass
class Writes:
    """What was sent to the database: statements, and the rows that they came with."""

    statements: int = 0
    rows: int = 0


@contextmanager
def counted_writes() -> Iterator[Writes]:
    """Count what all connections send."""
    writes = Writes()

    def note(_connection: Any, _cursor: Any, _sql: str, rows: Any, _context: Any, many: bool) -> None:
        writes.statements += 1
        writes.rows += len(rows) if many else 1

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield writes
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def give(task_id: str = "give") -> dict[str, Any]:
    """A task that runs inside the dispatcher."""
    return {"id": task_id, "type": CORE + "debug.Return", "format": "{{ taskrun.value ?? 'x' }}"}


def flow(flow_id: str, *tasks: dict[str, Any]) -> str:
    """A flow with these tasks."""
    return json.dumps({"id": flow_id, "namespace": "tests", "tasks": tasks})


def loop(count: int, limit: int = 1) -> str:
    """A flow that does one task for each of `count` values."""
    each = {"id": "each", "type": CORE + "flow.ForEach", "values": list(range(count)), "concurrencyLimit": limit}
    return flow(f"loop-{count}-{limit}", {**each, "tasks": [give()]})


def run(workshop: Workshop, source: str, count: int) -> None:
    """Run a flow to its end, which has so many task runs."""
    ended = workshop.run(source)
    assert (ended.state, len(ended.task_runs)) == (State.SUCCESS, count)


def test_ten_thousand_iterations_write_as_much_for_each_as_a_thousand(workshop: Workshop) -> None:
    with counted_writes() as few:
        run(workshop, loop(1_000), 1_001)
    with counted_writes() as many:
        run(workshop, loop(10_000), 10_001)
    assert many.rows < 10.2 * few.rows
    assert many.rows < 6.1 * 10_000, "an iteration is a task run, its attempt, and the events of both"
    assert many.statements < 11 * few.statements
    assert many.statements < 1_000, "iterations share their statements"


@pytest.mark.parametrize("limit", [0, 1])
def test_an_iteration_takes_as_many_calls_in_a_long_loop_as_in_a_short_one(tmp_path: Path, limit: int) -> None:
    with counted_calls(tmp_path) as (workshop, calls):
        run(workshop, loop(100, limit), 101)  # what is made once
        few = calls(lambda: run(workshop, loop(200, limit), 201))
        many = calls(lambda: run(workshop, loop(1_000, limit), 1_001))
    assert many < 5.5 * few


@contextmanager
def counted_calls(folder: Path) -> Iterator[tuple[Workshop, Any]]:
    """A workshop, and what counts the calls of functions on the journal's thread, where the machine works."""
    seen = [0]

    def count(_frame: FrameType, what: str, _argument: object) -> None:
        if what == "call":
            seen[0] += 1

    def calls(work: Any) -> int:
        before = seen[0]
        work()
        return seen[0] - before

    threading.setprofile(count)
    try:
        with open_workshop(folder) as workshop:
            yield workshop, calls
    finally:
        threading.setprofile(None)


def test_a_hundred_levels(workshop: Workshop) -> None:
    task = give()
    for level in range(100):
        task = {"id": f"level{level}", "type": CORE + "flow.Sequential", "tasks": [task]}
    run(workshop, flow("deep", task), 101)


def test_a_thousand_branches_write_little_for_each(workshop: Workshop) -> None:
    tasks = [give(f"give{number}") for number in range(1_000)]
    with counted_writes() as writes:
        run(workshop, flow("wide", {"id": "fan", "type": CORE + "flow.Parallel", "tasks": tasks}), 1_001)
    assert writes.rows < 8 * 1_000, "a branch is a row more than an iteration: it waits for its turn"
    assert writes.statements < 100


def test_an_iteration_takes_as_much_memory_in_a_long_loop_as_in_a_short_one(workshop: Workshop) -> None:
    run(workshop, loop(100), 101)
    few, many = most_memory(workshop, 400), most_memory(workshop, 2_000)
    assert many < 6 * few
    assert many < 2_000 * 20_000


def most_memory(workshop: Workshop, count: int) -> int:
    """The most bytes that a loop takes while it runs."""
    tracemalloc.start()
    try:
        run(workshop, loop(count), count + 1)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


LINES = 1_000_000
_COPY = f"""
    WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {LINES - 1})
    INSERT INTO logs (execution_id, task_id, attempt, at, level, message)
    SELECT execution_id, task_id, attempt, at, level, 'line ' || number FROM numbers, logs ORDER BY number
"""


def test_a_million_lines_are_paged_and_streamed(tmp_path: Path) -> None:
    with App.open(Settings(data=tmp_path / "data")) as app, answering(app) as url:
        app.store.journal.write(lambda connection: write_lines(app, connection))
        with httpx.Client(base_url=f"{url}/api/v1/main/logs", timeout=60) as client:
            check_pages(client)
            check_download(client)


def write_lines(app: App, connection: Connection) -> None:
    """Write the first line, and let the database make the others of it: that takes a tenth of the time."""
    app.store.logs.append(connection, [LogEntry(None, "e", None, "say", 1, NOON, Level.INFO, "line 0")])
    connection.exec_driver_sql(_COPY)


def check_pages(client: httpx.Client) -> None:
    """The first page, one in the middle, and the last."""
    assert messages(client) == [f"line {number}" for number in range(10)]
    assert messages(client, after=500_000) == [f"line {number}" for number in range(500_000, 500_010)]
    assert messages(client, before=LINES + 1) == [f"line {number}" for number in range(LINES - 10, LINES)]


def messages(client: httpx.Client, **where: int) -> list[str]:
    """The messages of a page of ten."""
    return [entry["message"] for entry in client.get("/e", params={"limit": 10, **where}).json()]


def check_download(client: httpx.Client) -> None:
    """All lines come, in their order, and never many of them are held at once."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with client.stream("GET", "/e/download") as answer:
        count = 0
        for line in answer.iter_lines():
            if count % 10_000 == 0:
                assert line.endswith(f" say line {count}")
            count += 1
    assert count == LINES
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000, f"{grown} KB for a log that is sent in parts"
