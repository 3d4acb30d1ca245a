"""A real HTTP server for the tests of the group: it answers by the path and keeps what it was asked."""

from __future__ import annotations

import hashlib
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

CERTIFICATE = Path(__file__).with_name("self_signed.pem")
USER, PASSWORD, REALM, NONCE = "ada", "lovelace", "tests", "once"


@dataclass
class Asked:
    """One request as it arrived; `path` is the whole address when it came by way of a proxy."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass
class Answer:
    """What is sent back. `promised` is the Content-Length when it is not the body's."""

    body: bytes = b"pong"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = None


class AnsweringServer(ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1; `/hang` waits until `hold` is set and says so with `reached`."""

    scheme = "http"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []
        self.hold = threading.Event()
        self.reached = threading.Event()

    def address(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests want."""

    def use_tls(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"


@contextmanager
def answering(*, tls: bool = False) -> Iterator[AnsweringServer]:
    """A server that runs until the block ends."""
    with AnsweringServer() as server:
        if tls:
            server.use_tls()
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.hold.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: AnsweringServer

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path, self.headers, body)
        self.server.asked.append(asked)
        path = urlsplit(self.path).path
        if path == "/hang":
            self.server.reached.set()
            self.server.hold.wait(20)
        answer = _status(path) if path.startswith("/status/") else ANSWERS.get(path, _pong)(asked)
        self.send_response(answer.status)
        length = len(answer.body) if answer.promised is None else answer.promised
        for name, value in {"Content-Length": str(length), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = _answer  # noqa: N815 - the base class calls these names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


def _pong(_: Asked) -> Answer:
    return Answer()


def _status(path: str) -> Answer:
    return Answer(status=int(path.rsplit("/", 1)[-1]))


def _challenge(asked: Asked) -> Answer:
    """Digest authentication with MD5 and `qop=auth`, worked out by hand."""
    login = dict(re.findall(r'(\w+)="?([^",]+)"?', asked.headers.get("Authorization", "")))
    if not login:
        challenge = f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth", algorithm=MD5'
        return Answer(status=401, headers={"WWW-Authenticate": challenge})
    who, what = _md5(f"{USER}:{REALM}:{PASSWORD}"), _md5(f"{asked.method}:{asked.path}")
    right = _md5(":".join((who, NONCE, login["nc"], login["cnonce"], "auth", what)))
    return Answer(status=200 if login["response"] == right and login["username"] == USER else 403)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _named(disposition: str) -> Callable[[Asked], Answer]:
    return lambda _: Answer(headers={"Content-Disposition": disposition})


_EVENTS = b"""\
id: 1
data: {"n": 1, "word": "a"}

data: plain

data: {"n": 2}

"""
ANSWERS: dict[str, Callable[[Asked], Answer]] = {
    "/binary": lambda _: Answer(b"\xff\xfe"),
    "/digest": _challenge,
    "/empty": lambda _: Answer(b""),
    "/events": lambda _: Answer(_EVENTS, headers={"Content-Type": "text/event-stream"}),
    "/large": lambda _: Answer(b"x" * (10 * 1024 * 1024 + 1)),
    "/latin": lambda _: Answer("é".encode("latin-1"), headers={"Content-Type": "text/plain; charset=latin-1"}),
    "/named": _named('attachment; filename="a report.csv"'),
    "/named/folders": _named('attachment; filename="../../etc/passwd"'),
    "/named/dots.txt": _named('attachment; filename=".."'),
    "/named/unicode": _named("attachment; filename=plain.csv; filename*=UTF-8''%C5%82%C3%B3d%C5%BA.csv"),
    "/redirect": lambda _: Answer(status=302, headers={"Location": "/ping"}),
    "/short": lambda _: Answer(b"abc", promised=10),
}
