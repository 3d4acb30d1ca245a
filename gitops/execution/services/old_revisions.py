"""The revisions of flows that are not live any more: purged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

IsMeant = Callable[[str, str], bool]
"""Whether the flow of that namespace and id is meant."""


class OldRevisions(Protocol):
    """The old revisions of flows."""

    def purge(self, is_meant: IsMeant, *, keep: int | None, before: datetime | None) -> int:
        """Delete all but the newest `keep`, or those made `before` a date; returns how many were deleted.

        The newest revision of a flow always stays, and so does one that any execution ran.
        """
        ...
