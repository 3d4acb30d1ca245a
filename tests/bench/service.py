"""The service: its start, a push and executions, over durable SQLite."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import httpx

from tests.bench.timing import python_start, report, time_of
from tests.stories.clone import Clone, flow
from tests.stories.service import Service
from tests.stubs.github import GitHubStub, push_payload, webhook

SECRET = "bench"
TASKS = 40
EXECUTIONS = 100
SENDERS = 16


def start_to_first_page(rounds: int) -> None:
    """From the start of the process to the first answer."""
    times = []
    for _ in range(max(rounds // 3, 1)):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            with Service(Path(folder), {}) as service:
                service.raw("GET", "/ui/main/flows")
                times.append(time.perf_counter() - began)
    report("service start to first page", median(times), time_of(rounds, python_start), "python -c pass")


def in_the_service(rounds: int) -> None:
    """Pushes and executions through one real service."""
    with tempfile.TemporaryDirectory() as name, GitHubStub() as github:
        folder = Path(name)
        clone = Clone(folder / "clone", folder / "origin" / "acme" / "flows.git")
        clone.write("bench/many.yml", many_tasks())
        clone.write("bench/one.yml", flow("one", namespace="bench"))
        first = clone.push("Add")
        repository = {
            "name": "flows",
            "url": str(clone.bare),
            "provider": "github",
            "api_url": github.url,
            "token": github.token,
            "webhook_secrets": [SECRET],
            "interval": 3600,
        }
        with Service(folder, {"repositories": [repository]}) as service:
            github.wait_for(first, "gitops", "success")
            push_to_status(rounds, service, clone, github)
            sequential_tasks(rounds, service, folder)
            executions_at_once(rounds, service, folder)


def push_to_status(rounds: int, service: Service, clone: Clone, github: GitHubStub) -> None:
    """From the delivery of the webhook to the final status at the host."""
    times = []
    for number in range(rounds):
        clone.write("bench/one.yml", flow("one", namespace="bench", message=f"hello {number}"))
        sha = clone.push(f"Change {number}")
        headers, body = webhook(push_payload(ref="refs/heads/main", before="0" * 40, after=sha), secret=SECRET)
        headers["X-GitHub-Delivery"] = sha
        began = time.perf_counter()
        service.raw("POST", "/webhooks/flows", headers=headers, content=body)
        github.wait_for(sha, "gitops", "success")
        times.append(time.perf_counter() - began)
    fetch = ["git", "--git-dir", str(clone.bare), "rev-parse", "HEAD"]
    limit = time_of(rounds, lambda: subprocess.run(fetch, check=True, capture_output=True))
    report("push to final status, by webhook", median(times), limit, "one git process")


def sequential_tasks(rounds: int, service: Service, folder: Path) -> None:
    """One execution of forty Log tasks, from the request to its end."""
    with httpx.Client(base_url=service.url + "/api/v1/main", timeout=60) as client:
        ours = time_of(rounds, lambda: client.post("/executions/bench/many?wait=true").raise_for_status())
    report(
        f"{TASKS} sequential Log tasks in one execution, by HTTP",
        ours,
        commits(rounds, folder, 1),
        "one durable SQLite commit",
    )


def executions_at_once(rounds: int, service: Service, folder: Path) -> None:
    """A hundred one-task executions submitted at once, from the first request to the last end."""
    with (
        httpx.Client(base_url=service.url + "/api/v1/main", timeout=60) as client,
        ThreadPoolExecutor(SENDERS) as senders,
    ):

        def submit_all() -> None:
            list(
                senders.map(
                    lambda _: client.post("/executions/bench/one?wait=true").raise_for_status(), range(EXECUTIONS)
                )
            )

        ours = time_of(rounds, submit_all)
    limit = commits(rounds, folder, EXECUTIONS)
    report(f"{EXECUTIONS} one-task executions at once, by HTTP", ours, limit, f"{EXECUTIONS} durable SQLite commits")
    print(f"{'':58} {EXECUTIONS / ours:9.0f} executions/s")


def many_tasks() -> str:
    """A flow of sequential Log tasks."""
    tasks = "".join(
        f"  - id: t{n}\n    type: io.kestra.plugin.core.log.Log\n    message: hello {n}\n" for n in range(TASKS)
    )
    return f"id: many\nnamespace: bench\ntasks:\n{tasks}"


def commits(rounds: int, folder: Path, number: int) -> float:
    """The time of durable one-row commits in a bare SQLite database."""
    connection = sqlite3.connect(folder / "limit.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, text TEXT)")

    def insert() -> None:
        for _ in range(number):
            connection.execute("INSERT INTO rows (text) VALUES ('a row')")

    result = time_of(rounds, insert)
    connection.close()
    return result
