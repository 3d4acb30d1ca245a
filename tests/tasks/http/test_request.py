"""The task type http.Request, against a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.http.request import Request
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.http.Request"


class Handler(BaseHTTPRequestHandler):
    """Answers by the path, and keeps what it was asked."""

    asked: list[dict[str, Any]]
    hold: threading.Event
    reached: threading.Event

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body})
        if self.path.startswith("/hang"):
            self.reached.set()
            self.hold.wait(20)
        status = int(self.path.rsplit("/", 1)[-1]) if self.path.startswith("/status/") else 200
        text = b"\xff\xfe" if self.path == "/binary" else b"pong"
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = _answer  # noqa: N815 - the base class calls these names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Handler.asked, Handler.hold, Handler.reached = [], threading.Event(), threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        Handler.hold.set()
        server.shutdown()
        thread.join()


def request(server: ThreadingHTTPServer, path: str, **more: object) -> Request:
    uri = f"http://127.0.0.1:{server.server_address[1]}{path}"
    return Request.model_validate({"id": "ask", "type": TYPE, "uri": uri, **more})


def test_keeps_code_headers_and_body(context: RecordingContext, server: ThreadingHTTPServer) -> None:
    output = request(server, "/ping").run(context)
    assert (output.code, output.body) == (200, "pong")
    assert output.headers["content-length"] == ["4"]


def test_sends_method_parameters_headers_body_and_token(context: RecordingContext, server: ThreadingHTTPServer) -> None:
    request(
        server,
        "/things",
        method="POST",
        params={"page": 2},
        headers={"X-Team": "data"},
        body='{"a": 1}',
        options={"auth": {"type": "BEARER", "token": "t0ken"}},
    ).run(context)
    asked = Handler.asked[0]
    assert (asked["method"], asked["path"], asked["body"]) == ("POST", "/things?page=2", b'{"a": 1}')
    assert asked["headers"]["X-Team"] == "data"
    assert asked["headers"]["Content-Type"] == "application/json"
    assert asked["headers"]["Authorization"] == "Bearer t0ken"


def test_a_status_of_400_or_more_fails_and_keeps_the_answer(
    context: RecordingContext, server: ThreadingHTTPServer
) -> None:
    with pytest.raises(TaskFailed, match=r"answered 503; set `options.allowFailed` to accept it") as failure:
        request(server, "/status/503").run(context)
    assert failure.value.outputs["code"] == 503


def test_a_failure_may_be_allowed(context: RecordingContext, server: ThreadingHTTPServer) -> None:
    assert request(server, "/status/503", options={"allowFailed": True}).run(context).code == 503


def test_a_body_that_is_not_text_fails(context: RecordingContext, server: ThreadingHTTPServer) -> None:
    with pytest.raises(TaskFailed, match="a body that is not text"):
        request(server, "/binary").run(context)


def test_an_address_that_nobody_answers_fails_without_showing_its_secrets(context: RecordingContext) -> None:
    task = Request(id="ask", type=TYPE, uri="http://user:secret@127.0.0.1:9/path?key=secret")
    with pytest.raises(TaskFailed) as failure:
        task.run(context)
    assert "secret" not in str(failure.value)


def test_a_kill_ends_a_request_that_hangs(context: RecordingContext, server: ThreadingHTTPServer) -> None:
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            request(server, "/hang").run(context)
        except TaskFailed as failure:
            failures.append(failure)

    thread = threading.Thread(target=ask)
    thread.start()
    assert Handler.reached.wait(10)
    context.kill()
    thread.join(5)
    assert not thread.is_alive()
    assert failures
