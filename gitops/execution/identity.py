"""Ids of 22 base62 characters: random bits are an argument, and a task run's id follows from its place."""

from __future__ import annotations

import hashlib
import string

_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_LENGTH = 22
_BITS = 128


def make_id(bits: int) -> str:
    """The id that stands for 128 bits."""
    pairs = []
    for _ in range(_LENGTH // 2):
        bits, digit = divmod(bits, len(_PAIRS))
        pairs.append(_PAIRS[digit])
    return "".join(reversed(pairs))


def task_run_id(execution_id: str, parent_id: str | None, task_id: str, iteration: int | None = None) -> str:
    """The id of a task run; the same place gives the same id, so creating it twice is one creation."""
    place = "\0".join((execution_id, parent_id or "", task_id, "" if iteration is None else str(iteration)))
    return make_id(int.from_bytes(hashlib.sha256(place.encode()).digest()[: _BITS // 8]))
