"""Sizes of data, such as 512MB."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from gitops.language.formats import FORMATS, SIZE

_POWERS = {"": 0, "B": 0, "K": 1, "M": 2, "G": 3, "T": 4}


def parse_size(text: str) -> int:
    """Bytes of a size such as 10MB or 1GiB, where a kilobyte is 1024 bytes; raise ValueError that says the form."""
    match = re.fullmatch(SIZE, text.strip())
    if match is None:
        raise ValueError(f"expected {FORMATS['size'].words}, found `{text}`")
    return int(match["count"]) << 10 * _POWERS[match["unit"][:1].upper()]


def _read_size(value: object) -> object:
    return parse_size(value) if isinstance(value, str) else value


Size = Annotated[
    int,
    Field(ge=0),
    BeforeValidator(_read_size),
    WithJsonSchema({"type": ["string", "integer"], "minimum": 0, "x-format": "size"}),
]
"""A number of bytes, written as a number or as a text with a unit."""
