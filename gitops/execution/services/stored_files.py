"""The files that executions keep in internal storage: listed and deleted."""

from __future__ import annotations

from typing import Protocol


class StoredFiles(Protocol):
    """The files that executions keep in internal storage: listed and deleted."""
