"""The revisions of flows that are not live any more: purged."""

from __future__ import annotations

from typing import Protocol


class OldRevisions(Protocol):
    """The revisions of flows that are not live any more: purged."""
