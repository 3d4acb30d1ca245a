"""What a follower needs to be told of an execution's task runs: those in sight that moved, and counts of the others.

What lies below a task run with more than a hundred children is out of sight: it is counted, and read by whoever opens
that group. So a loop of many thousand iterations costs a follower no more than a small one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gitops.store.task_runs import TaskRunMark

LARGEST_GROUP = 100
"""With more children than this, the children of a task run are out of sight."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many task runs are in which state: in all, and among the children of each large group in sight."""

    states: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """The ids in sight that moved since they were told of, the ids that are gone, and the counts."""

    moved: Sequence[str]
    gone: Sequence[str]
    counts: Counts


class Sight:
    """What one follower was told."""

    def __init__(self) -> None:
        self._told: dict[str, TaskRunMark] = {}
        self._marks: dict[str, TaskRunMark] = {}

    def look(self, marks: Iterable[TaskRunMark]) -> Look:
        """Compare what was told with where the task runs are now; parents come before their children."""
        self._marks = {mark.id: mark for mark in marks}
        groups = self._groups()
        hidden = self._hidden(groups)
        moved = [id_ for id_, mark in self._marks.items() if id_ not in hidden and self._told.get(id_) != mark]
        gone = [id_ for id_ in self._told if id_ not in self._marks]
        states = Counter(mark.state.value for mark in self._marks.values())
        seen = {parent: counts for parent, counts in groups.items() if parent not in hidden}
        return Look(moved, gone, Counts(dict(states), seen))

    def tell(self, ids: Iterable[str], gone: Iterable[str] = ()) -> None:
        """Note that the follower was told of these, as they were at the last look."""
        self._told.update((id_, self._marks[id_]) for id_ in ids)
        for id_ in gone:
            self._told.pop(id_, None)

    def _groups(self) -> dict[str, dict[str, int]]:
        sizes = Counter(mark.parent_id for mark in self._marks.values() if mark.parent_id is not None)
        large = {parent: Counter[str]() for parent, size in sizes.items() if size > LARGEST_GROUP}
        if large:
            for mark in self._marks.values():
                if mark.parent_id in large:
                    large[mark.parent_id][mark.state.value] += 1
        return {parent: dict(states) for parent, states in large.items()}

    def _hidden(self, groups: Mapping[str, object]) -> set[str]:
        """The ids below a large group, at any depth."""
        hidden: set[str] = set()
        for mark in self._marks.values() if groups else ():
            if mark.parent_id in groups or mark.parent_id in hidden:
                hidden.add(mark.id)
        return hidden
