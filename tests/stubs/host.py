"""A real HTTP server in the place of a Git host: it records, checks and answers requests about commit statuses.

What is true of one host only stands in that host's own module.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, urlsplit

JSON = "application/json"
_SHA = re.compile(r"[0-9a-f]{40}")
_ABSOLUTE = re.compile(r"https?://[^/\s]+(/\S*)?")


@dataclass(frozen=True, slots=True)
class Request:
    """What the host was sent; header names are lower-case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What the host answers: `body` as JSON, or bytes as they are.

    `drop` closes the connection in place of an answer, `hang` waits until the stub stops.
    """

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    hang: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A commit status that was posted; `id` rises."""

    id: int
    sha: str
    context: str
    state: str
    description: str
    target_url: str | None


class ViolationError(Exception):
    """The request is not what the host documents; the reply is what the host would answer."""

    def __init__(self, message: str, *, status: int = 422) -> None:
        super().__init__(message)
        self.status = status


class HostStub(ABC):
    """A Git host on a free port of 127.0.0.1, for one `with` block. All its lists may be read while it runs."""

    prefix: ClassVar[str] = ""
    largest_page: ClassVar[int]
    states: ClassVar[frozenset[str]]

    def __init__(self, *, token: str = "stub-token") -> None:
        self.token = token
        self.requests: list[Request] = []
        self.posted: list[Stored] = []
        self.violations: list[str] = []
        self._failures: deque[Reply] = deque()
        self._changed = threading.Condition()
        self._released = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        """The base of the API."""
        return f"http://127.0.0.1:{self._server.server_port}{self.prefix}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.disconnect()
        self._server.server_close()
        self._thread.join()

    def statuses(self, sha: str, context: str | None = None) -> list[Stored]:
        """What was posted on the commit, oldest first."""
        with self._changed:
            return [one for one in self.posted if one.sha == sha and context in (None, one.context)]

    def wait_for(self, sha: str, context: str, state: str, *, timeout: float = 10.0) -> Stored:
        """The newest status of the commit and context, as soon as it has the state; fails after `timeout` s."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: self._newest_state(sha, context) == state, timeout)
            assert arrived, f"expected {state} on {sha} in {context}, found {self.posted}; violations {self.violations}"
            return self.statuses(sha, context)[-1]

    def fail_next(
        self,
        count: int = 1,
        *,
        status: int = 500,
        headers: Mapping[str, str] | None = None,
        message: str = "stub failure",
    ) -> None:
        """Answer the next requests with this failure, whatever they are."""
        self._failures.extend([Reply(status, {"message": message}, headers or {})] * count)

    def drop_next(self, count: int = 1) -> None:
        """Close the connections of the next requests without an answer."""
        self._failures.extend([Reply(0, drop=True)] * count)

    def hang_next(self, count: int = 1) -> None:
        """Leave the next requests without an answer until the stub stops."""
        self._failures.extend([Reply(0, hang=True)] * count)

    def answer(self, request: Request) -> Reply:
        """Record the request and make the answer; called by the server's threads."""
        with self._changed:
            self.requests.append(request)
            if self._failures:
                return self._failures.popleft()
            try:
                return self._route(request)
            except ViolationError as violation:
                self.violations.append(str(violation))
                return Reply(violation.status, {"message": str(violation)})

    def wait_until_released(self) -> None:
        """Block until the stub stops."""
        self._released.wait()

    def add(
        self, sha: str, context: str, state: str, *, description: str = "", target_url: str | None = None
    ) -> Stored:
        """Put a status there as somebody else would have posted it."""
        with self._changed:
            stored = Stored(len(self.posted) + 1, sha, context, state, description, target_url)
            self.posted.append(stored)
            self._changed.notify_all()
            return stored

    @abstractmethod
    def check_headers(self, request: Request) -> None:
        """Raise ViolationError when the host would not take the headers."""

    @abstractmethod
    def check_status(self, sha: str, body: Mapping[str, Any]) -> None:
        """Raise ViolationError when the host would not take the status, beyond what every host refuses."""

    @abstractmethod
    def render(self, stored: Stored) -> dict[str, Any]:
        """The status as the host's JSON."""

    @property
    @abstractmethod
    def page_parameter(self) -> str:
        """The query parameter that says how many statuses a page holds."""

    def _newest_state(self, sha: str, context: str) -> str | None:
        found = self.statuses(sha, context)
        return found[-1].state if found else None

    def _route(self, request: Request) -> Reply:
        self.check_headers(request)
        path = request.path.removeprefix(self.prefix)
        if request.method == "POST" and (match := re.fullmatch(r"/repos/[^/]+/[^/]+/statuses/([^/]+)", path)):
            return self._post(match[1], request)
        if request.method == "GET" and (match := re.fullmatch(r"/repos/[^/]+/[^/]+/commits/([^/]+)/statuses", path)):
            return self._list(match[1], request)
        raise ViolationError(f"there is no {request.method} {request.path}", status=404)

    def _post(self, sha: str, request: Request) -> Reply:
        if request.headers.get("content-type", "").partition(";")[0] != JSON:
            raise ViolationError(f"content type {request.headers.get('content-type')}")
        body = json.loads(request.body)
        self._check_common(sha, body)
        self.check_status(sha, body)
        target_url = body.get("target_url")
        stored = self.add(
            sha, body["context"], body["state"], description=body.get("description", ""), target_url=target_url
        )
        return Reply(201, self.render(stored))

    def _check_common(self, sha: str, body: Mapping[str, Any]) -> None:
        if not _SHA.fullmatch(sha):
            raise ViolationError(f"sha {sha}")
        if unknown := body.keys() - {"state", "context", "description", "target_url"}:
            raise ViolationError(f"unknown members {sorted(unknown)}")
        if body.get("state") not in self.states:
            raise ViolationError(f"state {body.get('state')}")
        if not isinstance(body.get("context"), str) or not 1 <= len(body["context"]) <= 255:
            raise ViolationError(f"context {body.get('context')}")
        target_url = body.get("target_url")
        if target_url is not None and not _ABSOLUTE.fullmatch(target_url):
            raise ViolationError(f"target_url {target_url}")

    def _list(self, sha: str, request: Request) -> Reply:
        size = int(request.query.get(self.page_parameter, "30"))
        page = int(request.query.get("page", "1"))
        if not (1 <= size <= self.largest_page and page >= 1):
            raise ViolationError(f"page {page} of size {size}")
        newest_first = self.statuses(sha)[::-1]
        return Reply(200, [self.render(stored) for stored in newest_first[(page - 1) * size : page * size]])


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # stopping waits for every request

    def __init__(self, stub: HostStub) -> None:
        self.stub = stub
        self._connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def disconnect(self) -> None:
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's signature
        """Keep the tests' output quiet."""

    def _answer(self) -> None:
        reply = self.server.stub.answer(self._read())
        if reply.hang:
            self.server.stub.wait_until_released()
        if reply.hang or reply.drop:
            self.close_connection = True
            return
        content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in {"Content-Type": JSON, "Content-Length": str(len(content)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        return Request(self.command, parts.path, query, headers, body)
