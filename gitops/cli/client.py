"""The service's API as commands call it: where it is, the token, and errors as sentences."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

import httpx

from gitops.errors import GitopsError, InvalidUsage

DEFAULT = "http://127.0.0.1:8080"
_API = "/api/v1/main"
_ERROR = 400
_END = "end"
_MOST = 20
"""How many of those are named that something could not be done to."""


class ServiceFailed(GitopsError):
    """The service did not do what was asked."""


class SomeRefused(ServiceFailed):
    """Some of the things that something was to be done to do not allow it."""


def add_server_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--server`; the token comes from the environment only, so that no shell history keeps it."""
    parser.add_argument(
        "--server",
        default=os.environ.get("GITOPS_SERVER", DEFAULT),
        metavar="URL",
        help=f"the service (default: $GITOPS_SERVER or {DEFAULT}; the token is read from $GITOPS_TOKEN)",
    )


class Client:
    """Calls the API; raises ServiceFailed with the service's own message. To be closed by `with`.

    Raises InvalidUsage when the server is no address.
    """

    def __init__(self, server: str) -> None:
        if not server.startswith(("http://", "https://")):
            raise InvalidUsage(f"--server: expected an address such as {DEFAULT}, found `{server}`")
        token = os.environ.get("GITOPS_TOKEN")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._server = server.rstrip("/")
        self._http = httpx.Client(base_url=self._server + _API, headers=headers, timeout=httpx.Timeout(10, read=None))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """The answer to a GET."""
        return self._ask("GET", path, parameters)

    def post(self, path: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """The answer to a POST."""
        return self._ask("POST", path, parameters)

    def send(self, method: str, path: str, query: Mapping[str, object], **body: Any) -> Any:  # noqa: ANN401 - JSON
        """The answer to any request; a query's value may be a list, and `body` is what httpx takes for a body."""
        return self._ask(method, path, query, **body)

    def events(self, path: str, **parameters: object) -> Iterator[tuple[str, Any]]:
        """The events of a stream, each with its id, to the one with the id `end`."""
        with self._reaching(), self._http.stream("GET", path, params=_texts(parameters)) as answer:
            if answer.status_code >= _ERROR:
                answer.read()
                raise _failure(answer)
            for kind, data in _events(answer.iter_lines()):
                yield kind, data
                if kind == _END:
                    return
        raise ServiceFailed(f"{self._server} ended the connection before it told everything; ask again")

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except httpx.TransportError as error:
            raise ServiceFailed(
                f"no service answers at {self._server} ({error}); start one with `gitops serve` or give --server"
            ) from error

    def _ask(self, method: str, path: str, parameters: Mapping[str, object], **body: Any) -> Any:  # noqa: ANN401 - JSON
        with self._reaching():
            answer = self._http.request(method, path, params=_texts(parameters), **body)
        if answer.status_code >= _ERROR:
            raise _failure(answer)
        return answer.json() if answer.content else None


def _texts(parameters: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The parameters that have a value, each item of a list by itself."""
    pairs = []
    for name, value in parameters.items():
        items = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, str(item)) for item in items if item is not None]
    return tuple(pairs)


def _events(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """The id and the data of each event; a comment is none."""
    kind = ""
    for line in lines:
        name, _, text = line.partition(": ")
        if name == "id":
            kind = text
        elif name == "data":
            yield kind, json.loads(text)


def _failure(answer: httpx.Response) -> ServiceFailed:
    try:
        body = answer.json()
        message, invalids = str(body["message"]), body.get("invalids", ())
        refused = [f"  {each['id']}: {each['message']}" for each in invalids[1:]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ServiceFailed(f"the service answered {answer.status_code}")
    more = [f"  … and {len(refused) - _MOST} more"] if len(refused) > _MOST else []
    text = "\n".join([message, *refused[:_MOST], *more])
    return SomeRefused(text) if invalids else ServiceFailed(text)
