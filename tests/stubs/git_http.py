"""Git's own smart HTTP server on a free port of 127.0.0.1, with a password in front of it."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit


class GitHttpStub:
    """Serves the repositories below `root`, for one `with` block, to whoever knows the token (None: to everybody)."""

    def __init__(self, root: Path, *, username: str = "x-access-token", token: str | None = None) -> None:
        self.root = root
        self.authorizations: list[str | None] = []
        self.redirect: str | None = None
        self.expected = None if token is None else basic(username, token)
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        """Where the folder `root` is."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def basic(username: str, token: str) -> str:
    """The value of an Authorization header."""
    return "Basic " + base64.b64encode(f"{username}:{token}".encode()).decode()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # stopping waits for every request

    def __init__(self, stub: GitHttpStub) -> None:
        self.stub = stub
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's signature
        """Keep the tests' output quiet."""

    def _answer(self, body: bytes) -> None:
        stub = self.server.stub
        stub.authorizations.append(self.headers["Authorization"])
        if stub.redirect is not None:
            self._refuse(301, "Location", stub.redirect + self.path)
        elif stub.expected not in (None, self.headers["Authorization"]):
            self._refuse(401, "WWW-Authenticate", 'Basic realm="git"')
        else:
            self._serve(body)

    def _refuse(self, status: int, name: str, value: str) -> None:
        self.send_response(status)
        self.send_header(name, value)
        self.end_headers()

    def _serve(self, body: bytes) -> None:
        outcome = subprocess.run(
            ["git", "http-backend"], input=body, env=self._environment(), stdout=subprocess.PIPE, check=True
        )
        head, _, content = outcome.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _environment(self) -> dict[str, str]:
        parts = urlsplit(self.path)
        return os.environ | {
            "GIT_PROJECT_ROOT": str(self.server.stub.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
        }
