"""What the tests of the API share: a running App over a fresh folder, and a client of its HTTP application."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from gitops.app import App
from gitops.engine import clock
from gitops.engine.revisions import read_source
from gitops.execution.state import State
from gitops.server.server import create_app
from gitops.settings import Settings
from gitops.store.flows import Revision

HOOKED = """\
id: hooked
namespace: company.team
description: Greets.
labels:
  owner: data
inputs:
  - id: name
    type: STRING
    defaults: world
  - id: times
    type: INT
    required: false
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "hello {{ inputs.name }}"
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: the-key
"""


def add(app: App, source: str) -> None:
    """Make this the newest revision of its flow."""
    flow = read_source(source, app.kinds)
    revision = Revision(
        namespace=flow.namespace,
        flow_id=flow.id,
        source=source,
        created_at=clock.now(),
        description=flow.description,
        labels=tuple((label.key, label.value) for label in flow.labels or ()),
        triggers=[{"id": trigger.id, "type": trigger.type, "description": None} for trigger in flow.triggers],
    )
    app.store.journal.write(lambda connection: app.store.flows.add(connection, revision))


def until(app: App, execution_id: str, state: State) -> None:
    """Wait until an execution is in this state."""
    changed = threading.Event()
    unsubscribe = app.engine.news.subscribe(execution_id, changed.set)
    try:
        while app.engine.wait(execution_id, 0).state is not state:
            assert changed.wait(20), f"expected {state}, found {app.engine.wait(execution_id, 0).state}"
            changed.clear()
    finally:
        unsubscribe()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A running App."""
    with App.open(Settings(data=tmp_path / "data")) as app:
        app.start()
        add(app, HOOKED)
        yield app


@pytest.fixture
def client(app: App) -> Iterator[httpx.Client]:
    """A client of the application on a real socket."""
    with answering(app) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


@contextmanager
def answering(app: App) -> Iterator[str]:
    """Serve the application on a free port; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(app), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
