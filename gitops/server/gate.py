"""The middleware that asks the gate about every request, bounds bodies, and sets the headers of every answer."""

from __future__ import annotations

from http.cookies import SimpleCookie

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gitops.server.access import COOKIE, Gate

LARGEST_BODY = 5 * 1024 * 1024
LARGEST_FORM = 1024 * 1024 * 1024
"""Forms may hold files; they are written to the disk as they come, never held in memory."""

_FORM = "multipart/form-data"
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
]
_POLICY = (
    b"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"frame-ancestors 'none'"
)


class BodyTooLarge(Exception):
    """The request's body is larger than the service takes."""


class GateKeeper:
    """ASGI middleware; one place for what holds for every request."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request, pass on all others."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._gate.refuses(scope["method"], scope["path"], headers, _cookie(headers))
        most = LARGEST_FORM if headers.get("content-type", "").startswith(_FORM) else LARGEST_BODY
        if refusal is None and int(headers.get("content-length") or 0) > most:
            refusal = (413, f"the body is larger than {most} bytes")
        if refusal is not None:
            await _refuse(refusal, scope, receive, send)
            return
        try:
            await self._app(scope, _bounded(receive, most), _with_headers(send, scope["path"]))
        except BodyTooLarge:
            await _refuse((413, f"the body is larger than {most} bytes"), scope, receive, send)


async def _refuse(refusal: tuple[int, str], scope: Scope, receive: Receive, send: Send) -> None:
    status, message = refusal
    extra = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    await JSONResponse({"message": message}, status, extra)(scope, receive, send)


def _cookie(headers: dict[str, str]) -> str | None:
    morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    return morsel.value if morsel else None


def _bounded(receive: Receive, most: int) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise BodyTooLarge
        return message

    return bounded


def _with_headers(send: Send, path: str) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            policy = [] if path in ("/docs", "/redoc") else [(b"content-security-policy", _POLICY)]
            message["headers"] = [*message["headers"], *_HEADERS, *policy]
        await send(message)

    return with_headers
