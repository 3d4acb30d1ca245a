"""The task type storage.FilterItems."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import ExpressionError, TaskFailed
from tests.tasks.storage.line_file import made_of

ITEMS = ['{n:1,name:"a"}', "{n:2}", '{"n": 3}']


@pytest.mark.parametrize(
    ("condition", "kind", "kept"),
    [
        ("{{ n >= limit }}", "INCLUDE", [1, 2]),
        ("{{ n >= limit }}", "EXCLUDE", [0]),
        (" {{ n == 3 }} ", "INCLUDE", [2]),
        ("{{ n - 1 }}", "INCLUDE", [1, 2]),
        ("false", "INCLUDE", []),
    ],
)
def test_lines_are_kept_as_they_are_when_the_condition_says_so(
    tmp_path: Path, condition: str, kind: str, kept: list[int]
) -> None:
    lines, outputs = made_of(tmp_path, ITEMS, "FilterItems", filterCondition=condition, filterType=kind)
    assert lines == [ITEMS[index] for index in kept]
    assert outputs == {"processedItemsTotal": 3, "droppedItemsTotal": 3 - len(kept)}


@pytest.mark.parametrize("condition", ["{{ name == 'a' }}", "{{ name ?? null }}"])
@pytest.mark.parametrize(("behavior", "kept"), [("INCLUDE", {1, 2}), ("EXCLUDE", set())])
def test_a_line_without_an_answer_is_kept_or_left_out(
    tmp_path: Path, condition: str, behavior: str, kept: set[int]
) -> None:
    lines, _ = made_of(tmp_path, ITEMS, "FilterItems", filterCondition=condition, errorOrNullBehavior=behavior)
    assert {ITEMS.index(line) for line in lines} - {0} == kept


def test_a_line_without_an_answer_fails_the_task_unless_something_else_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExpressionError, match="name"):
        made_of(tmp_path / "error", ITEMS, "FilterItems", filterCondition="{{ name }}")
    with pytest.raises(TaskFailed, match=r"filterCondition: expected true or false, `\{\{ null \}\}` gave nothing"):
        made_of(tmp_path / "nothing", ITEMS, "FilterItems", filterCondition="{{ null }}")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{n:", "expected a line of Ion or JSON, found `{n:`"),
        ("5", "expected a line that holds fields, found `5`"),
    ],
)
def test_a_line_that_is_no_item_is_shown(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(TaskFailed) as failed:
        made_of(tmp_path, [line], "FilterItems", filterCondition="true")
    assert str(failed.value).startswith(words)
