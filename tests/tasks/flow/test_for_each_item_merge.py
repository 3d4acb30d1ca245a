"""The last step of a ForEachItem: the outputs of all calls in one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from gitops.execution.state import Branch
from gitops.tasks.flow.for_each_item import ForEachItem
from gitops.tasks.flow.for_each_item_merge import ForEachItemMerge
from tests.tasks.one_task import read_task
from tests.tasks.recording_context import RecordingContext


def merged(place: Path, outputs: list[Mapping[str, object]]) -> list[object] | None:
    each = read_task("io.kestra.plugin.core.flow.ForEachItem", items="kestra:///a", namespace="tests", flowId="called")
    assert isinstance(each, ForEachItem)
    merge = each.branch(Branch.TASKS)[2]
    assert isinstance(merge, ForEachItemMerge)
    context = RecordingContext(place, called={"t_items": outputs})
    address = merge.run(context).subflow_outputs
    return None if address is None else [json.loads(line) for line in context.stored[address].decode().splitlines()]


def test_each_call_has_a_line_in_their_order(tmp_path: Path) -> None:
    assert merged(tmp_path, [{"n": 1}, {"n": [2, {"a": None}]}]) == [{"n": 1}, {"n": [2, {"a": None}]}]


def test_without_outputs_there_is_no_file(tmp_path: Path) -> None:
    assert merged(tmp_path, []) is None
