"""The web API as cases use it: an answer, or a refusal with its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.kestra.stage import Stage

_PREFIX = "/api/v1/main"
_REFUSED = 400

Uploads = tuple[str | None, bytes]
"""The name of a file and what is in it; a field of a form has no name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, and the JSON that came with it; None when there was none."""

    status: int
    body: Any


class Refused(Exception):
    """The web API has refused: its status, and what it says."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def place(name: str) -> str:
    """A name as a part of an address."""
    return quote(name, safe="")


def ask(
    stage: Stage,
    method: str,
    path: str,
    *,
    query: Mapping[str, Any] | None = None,
    json: object = None,
    files: Mapping[str, Uploads] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send a request; raises Refused for an answer that says no."""
    response = stage.service.web.request(
        method, _PREFIX + path, params=query, json=json, files=files, content=content, headers=headers
    )
    stage.status = response.status_code
    if response.status_code >= _REFUSED:
        raise Refused(response.status_code, response.text)
    typed = response.headers.get("content-type", "").startswith("application/json")
    return Answer(response.status_code, response.json() if typed else response.text or None)
