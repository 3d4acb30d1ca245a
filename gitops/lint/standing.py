"""Which tasks have run when a task is rendered: by where the two stand in the flow."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from gitops.language.outline import TaskOutline
from gitops.language.position import Path
from gitops.lint.subject import Subject

_SIDE_BY_SIDE = frozenset(("io.kestra.plugin.core.flow.Parallel", "io.kestra.plugin.core.flow.EachParallel"))
_AS_NEEDED = "io.kestra.plugin.core.flow.Dag"
LOOPS = frozenset(
    (
        "io.kestra.plugin.core.flow.ForEach",
        "io.kestra.plugin.core.flow.EachSequential",
        "io.kestra.plugin.core.flow.EachParallel",
        "io.kestra.plugin.core.flow.Loop",
        "io.kestra.plugin.core.flow.LoopUntil",
    )
)
_ALWAYS_AFTER = ("errors", "finally", "afterExecution", "listeners", "outputs", "onWait")


class Standing(Enum):
    """How a task that is referred to stands to where it is referred to from."""

    BEFORE = "has run"
    SELF = "is the task itself"
    LATER = "runs later"
    BESIDE = "runs at the same time"
    OTHER_BRANCH = "is in another branch"
    UNKNOWN = "cannot be told"


def standing(subject: Subject, task: TaskOutline, place: Path) -> Standing:
    """How a task stands to a place in the same flow."""
    if place[: len(task.path)] == task.path:
        return Standing.SELF
    if task.path[: len(place)] == place or _holds(task.path, place):
        return Standing.UNKNOWN
    shared = _shared(task.path, place)
    types = _types(subject)
    if any(types.get(task.path[:length]) in LOOPS for length in range(shared + 1)):
        return Standing.UNKNOWN
    holder = types.get(_holder(task.path, shared))
    theirs, ours = task.path[shared], place[shared]
    if isinstance(theirs, int) and isinstance(ours, int):
        if holder in _SIDE_BY_SIDE:
            return Standing.BESIDE
        return Standing.UNKNOWN if holder == _AS_NEEDED else Standing.BEFORE if theirs < ours else Standing.LATER
    return _of_branches(str(theirs), str(ours))


def in_loop(subject: Subject, path: Path) -> bool:
    """Whether a task stands in a loop, so that its outputs are those of one value."""
    types = _types(subject)
    return any(types.get(path[:length]) in LOOPS for length in range(len(path)))


def _of_branches(theirs: str, ours: str) -> Standing:
    if ours in _ALWAYS_AFTER or theirs == "tasks":
        return Standing.BEFORE
    if theirs in _ALWAYS_AFTER:
        return Standing.LATER if ours == "tasks" else Standing.UNKNOWN
    return Standing.OTHER_BRANCH if {theirs, ours} <= {"then", "else"} else Standing.UNKNOWN


def _holds(task: Path, place: Path) -> bool:
    """Whether the place is a property of a task that holds the other: a loop's condition reads what it repeats."""
    shared = _shared(task, place)
    return isinstance(place[shared], str) and len(place) == shared + 1


def _shared(one: Path, other: Path) -> int:
    length = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return min(len(one), len(other)) - 1 if length is None else length


def _holder(path: Path, shared: int) -> Path:
    """The path of the task or flow whose list the two have in common."""
    return path[: max(shared - 1, 0)]


def _types(subject: Subject) -> Mapping[Path, str]:
    return {task.path: subject.kinds.today(task.type) for task in subject.outline.tasks if task.type}


def loop_of(subject: Subject, path: Path, kinds: frozenset[str]) -> Path | None:
    """The nearest loop of these types that a task stands in; None when there is none."""
    types = _types(subject)
    return next((path[:length] for length in range(len(path) - 1, 0, -1) if types.get(path[:length]) in kinds), None)
