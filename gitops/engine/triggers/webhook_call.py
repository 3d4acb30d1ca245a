"""A call of a webhook trigger, as the server hands it over: no trigger is known here."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a form of many parts: the name of its field, the file's own name, its type, and where it lies now."""

    name: str
    filename: str
    content_type: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """The request: its body as it came, headers and query parameters with all their values.

    A form of many parts has `parts` and `fields` in place of a body.
    """

    body: bytes = b""
    headers: Mapping[str, list[str]] = field(default_factory=dict)
    parameters: Mapping[str, list[str]] = field(default_factory=dict)
    parts: Sequence[Part] | None = None
    fields: Mapping[str, list[str]] = field(default_factory=dict)


def read_body(body: bytes) -> object:
    """What the body means: JSON when it is, else its text; base64 when it is no text, and None when it is empty."""
    if not body:
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return base64.b64encode(body).decode()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
