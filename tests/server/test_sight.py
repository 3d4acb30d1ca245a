"""What a follower is told of many task runs: what is in sight and moved, and counts of the rest."""

from __future__ import annotations

from gitops.execution.state import State
from gitops.server.sight import LARGEST_GROUP, Sight
from gitops.store.task_runs import TaskRunMark
from tests.replacing import replace


def mark(id_: str, parent: str | None = None, state: State = State.RUNNING) -> TaskRunMark:
    return TaskRunMark(id_, parent, state, 1, 1)


def group(size: int) -> list[TaskRunMark]:
    return [mark("loop"), *(mark(f"child{number}", "loop", State.SUCCESS) for number in range(size))]


def test_what_was_told_is_told_again_only_when_it_moved_or_was_tried_again() -> None:
    sight, marks = Sight(), group(2)
    assert sight.look(marks).moved == ["loop", "child0", "child1"]
    sight.tell(["loop", "child0"])
    assert sight.look(marks).moved == ["child1"]
    sight.tell(["child1"])
    assert sight.look(marks).moved == []
    assert sight.look([replace(marks[0], attempts=2), replace(marks[1], moved=2), marks[2]]).moved == ["loop", "child0"]


def test_the_children_of_a_large_group_are_counted_and_out_of_sight_with_all_below_them() -> None:
    sight = Sight()
    seen = sight.look(group(LARGEST_GROUP))
    assert (len(seen.moved), seen.counts.groups) == (LARGEST_GROUP + 1, {})
    seen = sight.look([*group(LARGEST_GROUP + 1), mark("deep", "child0"), mark("other", state=State.FAILED)])
    assert seen.moved == ["loop", "other"]
    assert seen.counts.groups == {"loop": {"SUCCESS": LARGEST_GROUP + 1}}
    assert seen.counts.states == {"RUNNING": 2, "SUCCESS": LARGEST_GROUP + 1, "FAILED": 1}


def test_what_is_gone_is_told_once() -> None:
    sight, marks = Sight(), group(2)
    sight.tell(sight.look(marks).moved)
    assert sight.look(marks[:2]).gone == ["child1"]
    sight.tell([], ["child1"])
    assert sight.look(marks[:2]).gone == []
