"""Who may use the service: the token, as a header or as a session cookie; and where requests may come from.

Without a token the service listens on loopback only; then the `Host` and `Origin` of each request must be loopback
too, or any page in the user's browser could reach it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

COOKIE = "gitops-session"
_OPEN = ("/webhooks/", "/ui", "/ping", "/health", "/api/v1/session", "/favicon")
_OPEN_TRIGGERS = ("/api/v1/main/executions/webhook/", "/api/v1/executions/webhook/")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host.strip("[]").lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Gate:
    """Decides about each request. Webhooks and webhook triggers carry their own proof and pass."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        self._session = hashlib.sha256(f"session {token}".encode()).hexdigest() if token else None

    @property
    def session(self) -> str | None:
        """The value of the session cookie; None when there is no token."""
        return self._session

    def accepts(self, token: str) -> bool:
        """Whether this is the token."""
        return self._token is not None and hmac.compare_digest(token.encode(), self._token.encode())

    def refuses(self, method: str, path: str, headers: Mapping[str, str], cookie: str | None) -> tuple[int, str] | None:
        """The status and the reason when the request must not pass; else None."""
        if path == "/" or path.startswith((*_OPEN, *_OPEN_TRIGGERS)):
            return None
        if self._token is None:
            return self._foreign(method, headers)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.accepts(given.strip()):
            return None
        if cookie and self._session and hmac.compare_digest(cookie, self._session):
            return (
                None
                if method in _SAFE_METHODS or _same_origin(headers)
                else (403, "requests from other sites are refused")
            )
        return 401, "a token is needed: send it as `Authorization: Bearer <token>`"

    def _foreign(self, method: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        host = urlsplit("//" + headers.get("host", "")).hostname or ""
        if not is_loopback(host):
            return 403, f"the service has no token and answers only to loopback names, not to `{host}`"
        origin = headers.get("origin")
        if method not in _SAFE_METHODS and origin and not is_loopback(urlsplit(origin).hostname or ""):
            return 403, "requests from other sites are refused"
        return None


def _same_origin(headers: Mapping[str, str]) -> bool:
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
