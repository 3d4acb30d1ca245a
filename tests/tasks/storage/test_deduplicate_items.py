"""The task type storage.DeduplicateItems."""

from __future__ import annotations

from pathlib import Path

from tests.tasks.storage.line_file import made_of

ITEMS = ['{id:1,v:"old"}', "{id:2}", '{id:1,v:"new"}', "{id:3}", '{id:2,v:"last"}']


def test_the_last_line_of_each_key_stays_at_its_place(tmp_path: Path) -> None:
    lines, outputs = made_of(tmp_path, ITEMS, "DeduplicateItems", expr="{{ id }}")
    assert lines == ['{id:1,v:"new"}', "{id:3}", '{id:2,v:"last"}']
    assert outputs == {"numKeys": 3, "processedItemsTotal": 5, "droppedItemsTotal": 2}


def test_a_key_may_be_made_of_several_fields(tmp_path: Path) -> None:
    lines, outputs = made_of(tmp_path, ITEMS, "DeduplicateItems", expr="{{ id }} {{ v ?? '' }}")
    assert (lines, outputs["numKeys"]) == (ITEMS, 5)


def test_an_empty_file_stays_empty(tmp_path: Path) -> None:
    lines, outputs = made_of(tmp_path, [], "DeduplicateItems", expr="{{ id }}")
    assert (lines, outputs) == ([], {"numKeys": 0, "processedItemsTotal": 0, "droppedItemsTotal": 0})
