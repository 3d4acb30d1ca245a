"""`replace` for every kind of record: those of the engine are structs, all others are dataclasses."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def replace(record: T, **fields: Any) -> T:
    """The record with these fields in place of its own."""
    if isinstance(record, msgspec.Struct):
        return msgspec.structs.replace(record, **fields)
    return dataclasses.replace(record, **fields)  # type: ignore[type-var]  # the caller gives a dataclass
