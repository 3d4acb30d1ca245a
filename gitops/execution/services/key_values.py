"""The key-value pairs of a namespace, with expiry."""

from __future__ import annotations

from typing import Protocol


class KeyValues(Protocol):
    """The key-value pairs of a namespace, with expiry."""
