"""The first step of a ForEachItem: the file becomes batches, and a list of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gitops.errors import TaskFailed
from gitops.execution.state import Branch
from gitops.tasks.flow.for_each_item import ForEachItem
from gitops.tasks.flow.for_each_item_split import ForEachItemSplit
from tests.tasks.one_task import read_task
from tests.tasks.recording_context import RecordingContext

LINES = b"a1\nb1\na2\nb2\na3\n"


def batches(place: Path, address: str = "kestra:///all.txt", lines: bytes = LINES, **batch: object) -> list[str]:
    """What the batches hold, in the order of the list."""
    each = read_task(
        "io.kestra.plugin.core.flow.ForEachItem", items=address, namespace="tests", flowId="called", batch=batch
    )
    assert isinstance(each, ForEachItem)
    split = each.branch(Branch.TASKS)[0]
    assert isinstance(split, ForEachItemSplit)
    context = RecordingContext(place, stored={"kestra:///all.txt": lines})
    listing = split.run(context).splits
    return [context.stored[address].decode() for address in context.stored[listing].decode().splitlines()]


def test_a_line_is_a_batch_by_default(tmp_path: Path) -> None:
    assert batches(tmp_path) == ["a1\n", "b1\n", "a2\n", "b2\n", "a3\n"]


@pytest.mark.parametrize(
    ("batch", "found"),
    [
        ({"rows": 2}, ["a1\nb1\n", "a2\nb2\n", "a3\n"]),
        ({"partitions": 2}, ["a1\na2\na3\n", "b1\nb2\n"]),
        ({"partitions": 9}, ["a1\n", "b1\n", "a2\n", "b2\n", "a3\n"]),
        ({"bytes": "6B"}, ["a1\nb1\n", "a2\nb2\n", "a3\n"]),
        ({"regexPattern": "^(.)"}, ["a1\na2\na3\n", "b1\nb2\n"]),
        ({"rows": 2, "partitions": 1}, [LINES.decode()]),
        ({"partitions": 1, "bytes": "6B"}, ["a1\nb1\n", "a2\nb2\n", "a3\n"]),
        ({"rows": 5, "separator": ";"}, ["a1;b1;a2;b2;a3;"]),
    ],
)
def test_how_lines_become_batches(tmp_path: Path, batch: dict[str, Any], found: list[str]) -> None:
    assert batches(tmp_path, **batch) == found


def test_no_lines_are_no_batches(tmp_path: Path) -> None:
    assert batches(tmp_path, lines=b"") == []


def test_what_is_no_address_fails(tmp_path: Path) -> None:
    with pytest.raises(TaskFailed, match=r"all\.txt"):
        batches(tmp_path, "/tmp/all.txt")
