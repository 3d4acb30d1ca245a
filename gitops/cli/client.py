"""The service's API as commands call it: where it is, the token, and errors as sentences."""

from __future__ import annotations

import argparse
import os
from typing import Any

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
    """Calls the API; raises ServiceFailed with the service's own message."""

    def __init__(self, server: str) -> None:
        token = os.environ.get("GITOPS_TOKEN")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._server = server.rstrip("/")
        self._http = httpx.Client(base_url=self._server + _API, headers=headers, timeout=httpx.Timeout(10, read=None))

    def get(self, path: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """The answer to a GET."""
        return self._ask("GET", path, parameters)

    def post(self, path: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """The answer to a POST."""
        return self._ask("POST", path, parameters)

    def _ask(self, method: str, path: str, parameters: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
        query = {name: str(value) for name, value in parameters.items() if value is not None}
        try:
            answer = self._http.request(method, path, params=query)
        except httpx.TransportError as error:
            raise ServiceFailed(
                f"no service answers at {self._server} ({error}); start one with `gitops serve` or give --server"
            ) from error
        if answer.status_code >= _ERROR:
            raise ServiceFailed(_message(answer))
        return answer.json()


def _message(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        return f"the service answered {answer.status_code}"
