"""One task after another: the decision that most flowables share."""

from __future__ import annotations

from gitops.execution.flowable import Next, in_order
from gitops.execution.state import Children, State
from tests.execution.forest import tree, work

TASKS = list(tree({"tasks": [work("a"), work("b")]}).tasks())


def test_the_next_task_comes_when_the_last_one_has_ended() -> None:
    assert [child.task.id for child in in_order(TASKS, Children()).create] == ["a"]
    one_live = Children().with_created()
    assert in_order(TASKS, one_live) == Next()
    assert [child.task.id for child in in_order(TASKS, one_live.with_ended(State.SUCCESS)).create] == ["b"]


def test_nothing_comes_after_the_last_one_or_after_a_failure() -> None:
    both = Children(created=2)
    assert in_order(TASKS, both).complete
    assert in_order(TASKS, Children().with_created().with_ended(State.FAILED)).complete
