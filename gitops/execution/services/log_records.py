"""The logs of executions: fetched and purged."""

from __future__ import annotations

from typing import Protocol


class LogRecords(Protocol):
    """The logs of executions: fetched and purged."""
