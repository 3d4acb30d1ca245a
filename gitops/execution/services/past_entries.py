"""Which of the entries that executions leave behind are meant, by where and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEntries:
    """Entries written from `since` up to `until`, both included.

    `namespace` means those below it too, unless there is a `flow_id`. Entries of executions that are gone belong to
    no namespace.
    """

    until: datetime
    since: datetime | None = None
    namespace: str | None = None
    flow_id: str | None = None
    execution_id: str | None = None
