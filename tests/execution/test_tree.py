"""A flow as the machine walks it."""

from __future__ import annotations

import pytest

from gitops.errors import NotFound
from gitops.execution.state import Branch
from tests.execution.forest import row, tree, work

FLOW = tree({"tasks": [row("r", work("a"), work("b", disabled=True), errors=[work("e")])], "errors": [work("f")]})


def test_every_task_is_found_at_any_depth() -> None:
    assert [task.id for task in FLOW.tasks()] == ["r", "a", "b", "e", "f"]
    assert FLOW.task("e").id == "e"


def test_a_branch_holds_enabled_tasks_only() -> None:
    assert [task.id for task in FLOW.branch(FLOW.task("r"), Branch.TASKS)] == ["a"]
    assert [task.id for task in FLOW.branch(None, Branch.ERRORS)] == ["f"]
    assert list(FLOW.branch(FLOW.task("r"), Branch.AFTER)) == []


def test_a_task_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match=r"flow tests\.flow has no task `x`"):
        FLOW.task("x")
