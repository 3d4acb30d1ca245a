"""Much is deleted in batches, and all of it."""

from __future__ import annotations

import pytest

from gitops.engine.services.batches import SIZE, in_batches
from gitops.store.database import Connection
from tests.engine.workshop import Workshop


@pytest.mark.parametrize(
    ("rows", "size", "limits"), [(0, 2, [2]), (3, 2, [2, 2]), (4, 2, [2, 2, 2]), (7, None, [SIZE])]
)
def test_batches_go_on_until_one_is_not_full(
    workshop: Workshop, rows: int, size: int | None, limits: list[int]
) -> None:
    asked: list[int] = []

    def delete(_connection: Connection, limit: int) -> int:
        asked.append(limit)
        return min(limit, max(rows - sum(asked[:-1]), 0))

    assert in_batches(workshop.store, delete, size=size) == rows
    assert asked == limits
