"""The one HTTP client for the APIs of Git hosts: bounded in time and size, silent about tokens, with typed errors.

It never retries: what was not delivered stays in the outbox, which knows when to try again. The only door to httpx.
"""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from gitops.errors import InvalidSettings, ProviderError, ProviderRefused, ProviderUnavailable

ANSWER_LIMIT = 1024 * 1024
REASON_LIMIT = 200
TIMEOUT = 10.0
RATE_LIMIT_WAIT = 60.0
LONGEST_WAIT = 24 * 3600.0

_ADVICE: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "check the repository's token",
    HTTPStatus.FORBIDDEN: "let the repository's token read and write commit statuses",
    HTTPStatus.NOT_FOUND: "check the repository's url, and that its token may write commit statuses there",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer (2xx): its code, its JSON body (None when it is empty) and its headers by lower-case name."""

    status: int
    json: object
    headers: Mapping[str, str]


class Client:
    """Speaks to one API below `base_url`; threads may share it.

    `timeout`, in seconds, bounds each wait for the host and the whole answer. Raises InvalidSettings.
    """

    def __init__(self, base_url: str, *, headers: Mapping[str, str], timeout: float = TIMEOUT) -> None:
        # Compressed answers could be tiny on the wire and huge in memory.
        fixed = {"User-Agent": "gitops", "Accept-Encoding": "identity"}
        self._base_url = _checked_url(base_url).rstrip("/")
        self._secret = headers.get("Authorization", "").rpartition(" ")[2]
        self._timeout = timeout
        _check_headers(headers)
        self._http = httpx.Client(headers=fixed | dict(headers), timeout=timeout, follow_redirects=False)
        weakref.finalize(self, self._http.close)

    def get(self, path: str, *, query: Mapping[str, str] | None = None) -> Answer:
        """Read `path`; raises ProviderUnavailable or ProviderRefused."""
        return self._send(self._http.build_request("GET", self._base_url + path, params=query))

    def post(self, path: str, *, body: Mapping[str, object]) -> Answer:
        """Send the JSON object to `path`; raises ProviderUnavailable or ProviderRefused."""
        return self._send(self._http.build_request("POST", self._base_url + path, json=body))

    def _send(self, request: httpx.Request) -> Answer:
        action = f"{request.method} {request.url.copy_with(query=None, userinfo=b'')}"
        try:
            response, content = self._exchange(request)
            if not response.is_success:
                raise _failure(response, content)
            return Answer(response.status_code, _read_json(content), dict(response.headers))
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise ProviderUnavailable(self._redact(f"{action}: the Git host does not answer: {reason}")) from error
        except ProviderUnavailable as error:
            raise ProviderUnavailable(self._redact(f"{action}: {error}"), retry_after=error.retry_after) from None
        except ProviderRefused as error:
            raise ProviderRefused(self._redact(f"{action}: {error}")) from None

    def _exchange(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        deadline = time.monotonic() + self._timeout
        response = self._http.send(request, stream=True)
        try:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > ANSWER_LIMIT:
                    raise ProviderRefused(f"expected an answer of at most {ANSWER_LIMIT} bytes, found more")
                # httpx only bounds the wait for each piece, and a host may drip.
                if time.monotonic() > deadline:
                    raise ProviderUnavailable(f"the answer took longer than {self._timeout:g} seconds")
            return response, bytes(content)
        finally:
            response.close()

    def _redact(self, text: str) -> str:
        return text.replace(self._secret, "***") if self._secret else text


def _checked_url(url: str) -> str:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise InvalidSettings(f"expected the http(s) url of an API, found something else: {error}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        shown = parsed.copy_with(userinfo=b"")
        raise InvalidSettings(f"expected the http(s) url of an API, without a user in it, found `{shown}`")
    return url


def _check_headers(headers: Mapping[str, str]) -> None:
    # httpx would complain later, in a message that holds the token.
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable()):
            raise InvalidSettings(f"expected printable ASCII as the value of {name}, found something else in the token")


def _read_json(content: bytes) -> object:
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ProviderRefused(f"expected JSON from the Git host, found something else ({error})") from None


def _failure(response: httpx.Response, content: bytes) -> ProviderError:
    code = response.status_code
    reason = f"the Git host answered {code}{_reason(content)}"
    if _is_rate_limited(response, content):
        wait = _retry_after(response)
        return ProviderUnavailable(reason, retry_after=RATE_LIMIT_WAIT if wait is None else wait)
    if response.is_server_error or code == HTTPStatus.REQUEST_TIMEOUT:
        return ProviderUnavailable(reason, retry_after=_retry_after(response))
    if response.is_redirect:
        return ProviderRefused(f"{reason}; the repository has moved: write its new url in the settings")
    advice = _ADVICE.get(code)
    return ProviderRefused(f"{reason}; {advice}" if advice else reason)


def _reason(content: bytes) -> str:
    try:
        message = json.loads(content)["message"]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError):
        return ""
    shown = "".join(character for character in str(message) if character.isprintable())
    return f": {shown[:REASON_LIMIT]}"


def _is_rate_limited(response: httpx.Response, content: bytes) -> bool:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    if response.status_code != HTTPStatus.FORBIDDEN:
        return False
    exhausted = response.headers.get("x-ratelimit-remaining") == "0"
    return exhausted or "retry-after" in response.headers or "rate limit" in _reason(content).lower()


def _retry_after(response: httpx.Response) -> float | None:
    wait = _seconds_until(response.headers.get("retry-after"))
    if wait is None and response.headers.get("x-ratelimit-remaining") == "0":
        wait = _seconds_until_epoch(response.headers.get("x-ratelimit-reset"))
    return None if wait is None else min(max(wait, 0.0), LONGEST_WAIT)


def _seconds_until(retry_after: str | None) -> float | None:
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return parsedate_to_datetime(retry_after).timestamp() - time.time()
    except (ValueError, OverflowError):
        return None


def _seconds_until_epoch(reset: str | None) -> float | None:
    return float(reset) - time.time() if reset and reset.strip().isdecimal() else None
