"""The files of a namespace."""

from __future__ import annotations

from typing import Protocol


class NamespaceFiles(Protocol):
    """The files of a namespace."""
