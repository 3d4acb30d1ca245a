"""Executions: counted, purged, resumed."""

from __future__ import annotations

from typing import Protocol


class PastExecutions(Protocol):
    """Executions: counted, purged, resumed."""
