"""Much is deleted in batches, each a transaction of its own, so that everybody else gets to write between two."""

from __future__ import annotations

from collections.abc import Callable

from gitops.store.database import Connection
from gitops.store.store import Store

SIZE = 5_000
"""How many rows a batch has unless somebody wants fewer or more."""


def in_batches(store: Store, delete: Callable[[Connection, int], int], *, size: int | None = None) -> int:
    """Call `delete` with a limit until it finds fewer rows than that; returns how many rows there were."""
    limit = size or SIZE
    total = deleted = store.journal.write(lambda connection: delete(connection, limit))
    while deleted == limit:
        deleted = store.journal.write(lambda connection: delete(connection, limit))
        total += deleted
    return total
