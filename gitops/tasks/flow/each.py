"""What the loops share that run their children in order for each value, for several values at once or one by one."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

from gitops.execution.flowable import Child, Family, Flowable, Next, enabled
from gitops.execution.state import Branch, State, TaskRun
from gitops.language.task import SomeTasks, Task
from gitops.tasks.flow.endings import Endings

_GOES_ON = frozenset({State.SUCCESS, State.WARNING, State.SKIPPED})


class Each(Endings, Flowable):
    """A loop; its `decision` holds the `values`, and its cursor counts those that have begun."""

    LOOP: ClassVar[bool] = True
    KEYED: ClassVar[bool] = True

    tasks: SomeTasks

    @property
    @abstractmethod
    def limit(self) -> int:
        """How many values are worked on at once; 0 is no limit."""

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return self.tasks if branch is Branch.TASKS else self.ending(branch)

    def next(self, family: Family) -> Next:
        """The task after each that ended, in its iteration; then the first task of as many values as there is room."""
        tasks, values = family.tasks, values_of(family.decision)
        following = tuple(self._following(family, tasks))
        first, live = family.cursor, family.children.live + len(following)
        room = max(self.limit - live, 0) if self.limit else len(values)
        begun: list[Child] = []
        last = first
        while tasks and last < len(values) and len(begun) < room:
            begun += _beginning(family, tasks, values[last], last)
            last += 1
        over = not tasks or last == len(values)
        return Next(create=(*following, *begun), complete=over, cursor=last if last != first else None)

    def cursor_of(self, children: Sequence[TaskRun], before: int) -> int:  # noqa: ARG002 - it follows from the children
        """One more than the last value that has begun; of values one by one, than the first that lacks a task."""
        found = Counter(child.iteration for child in children if child.iteration is not None)
        whole = len(enabled(self.tasks))
        lacking = [iteration for iteration, count in found.items() if count < whole] if self.limit == 1 else []
        return (min(lacking) if lacking else max(found, default=-1)) + 1

    def follows(self, earlier: TaskRun, later: TaskRun) -> bool:
        """Later tasks of the same value; of later values, when these come one by one, the same task and later ones."""
        if earlier.iteration == later.iteration:
            return later.sequence > earlier.sequence
        if self.limit != 1 or (later.iteration or 0) < (earlier.iteration or 0):
            return False
        order = [task.id for task in self.tasks]
        return order.index(later.task_id) >= order.index(earlier.task_id)

    def _following(self, family: Family, tasks: Sequence[Task]) -> Iterator[Child]:
        if len(tasks) < 2:
            return
        after = {task.id: later for task, later in pairwise(tasks)}
        for run in family.ended:
            later = after.get(run.task_id)
            # A replay keeps task runs of values whose turn is yet to come.
            turn = self.limit != 1 or (run.iteration or 0) < family.cursor
            if turn and later and run.state in _GOES_ON and family.child(later.id, run.iteration) is None:
                yield Child(later, run.value, run.iteration)


def _beginning(family: Family, tasks: Sequence[Task], value: str, iteration: int) -> tuple[Child, ...]:
    """The first task of an iteration, or the first that a replay has not kept; none when all were."""
    task = next((each for each in tasks if family.child(each.id, iteration) is None), None)
    return () if task is None else (Child(task, value, iteration),)


def values_of(decision: Mapping[str, object]) -> Sequence[str]:
    """The values that were decided on."""
    values = decision.get("values", ())
    return values if isinstance(values, list | tuple) else ()
