"""The service: its start, and a push until its final status."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.timing import python_start, report, time_of
from tests.stories.clone import Clone, flow
from tests.stories.service import Service
from tests.stubs.github import GitHubStub, push_payload, webhook

SECRET = "bench"


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


def push_to_final_status(rounds: int) -> None:
    """Pushes to a repository that one real service watches."""
    with tempfile.TemporaryDirectory() as name, GitHubStub() as github:
        folder = Path(name)
        clone = Clone(folder / "clone", folder / "origin" / "acme" / "flows.git")
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
            _push_again(rounds, service, clone, github)


def _push_again(rounds: int, service: Service, clone: Clone, github: GitHubStub) -> None:
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
