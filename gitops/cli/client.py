"""The service's API as commands call it: where it is, the token, and errors as sentences."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import Any, Self

import httpx

from gitops.errors import GitopsError

DEFAULT = "http://127.0.0.1:8080"
_API = "/api/v1/main"
_ERROR = 400


class ServiceFailed(GitopsError):
    """The service did not do what was asked."""


def add_server_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--server`; the token comes from the environment only, so that no shell history keeps it."""
    parser.add_argument(
        "--server",
        default=os.environ.get("GITOPS_SERVER", DEFAULT),
        metavar="URL",
        help=f"the service (default: $GITOPS_SERVER or {DEFAULT}; the token is read from $GITOPS_TOKEN)",
    )


class Client:
    """Calls the API; raises ServiceFailed with the service's own message. To be closed by `with`."""

    def __init__(self, server: str) -> None:
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

    def _ask(self, method: str, path: str, parameters: Mapping[str, object], **body: Any) -> Any:  # noqa: ANN401 - JSON
        try:
            answer = self._http.request(method, path, params=_texts(parameters), **body)
        except httpx.TransportError as error:
            raise ServiceFailed(
                f"no service answers at {self._server} ({error}); start one with `gitops serve` or give --server"
            ) from error
        if answer.status_code >= _ERROR:
            raise ServiceFailed(_message(answer))
        return answer.json() if answer.content else None


def _texts(parameters: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The parameters that have a value, each item of a list by itself."""
    pairs = []
    for name, value in parameters.items():
        items = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, str(item)) for item in items if item is not None]
    return tuple(pairs)


def _message(answer: httpx.Response) -> str:
    try:
        body = answer.json()
        refused = [f"  {each['id']}: {each['message']}" for each in body.get("invalids", ())]
        return "\n".join([str(body["message"]), *refused[1:]])
    except (ValueError, KeyError, TypeError):
        return f"the service answered {answer.status_code}"
