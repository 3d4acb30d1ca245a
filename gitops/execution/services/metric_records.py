"""What task runs measured: purged."""

from __future__ import annotations

from typing import Protocol


class MetricRecords(Protocol):
    """What task runs measured: purged."""
