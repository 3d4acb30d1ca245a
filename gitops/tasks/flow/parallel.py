"""Run tasks side by side.

## Example
    id: side_by_side
    namespace: company.team
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - id: left
            type: io.kestra.plugin.core.log.Log
            message: left
          - id: right
            type: io.kestra.plugin.core.log.Log
            message: right
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.flowable import Child, Family, Flowable, Next
from gitops.execution.state import Branch, TaskRun
from gitops.language.task import SomeTasks, Task
from gitops.tasks.flow.endings import Endings


class Parallel(Endings, Flowable):
    """Run children side by side; a failure stops none that has started."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Parallel",)

    type: Literal["io.kestra.plugin.core.flow.Parallel"]
    concurrent: int = Field(0, ge=0, description="How many children may run at once; 0 is no limit.")
    tasks: SomeTasks = Field(description="The children.")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return self.tasks if branch is Branch.TASKS else self.ending(branch)

    def next(self, family: Family) -> Next:
        """As many of the children that have not begun as there is room for."""
        tasks, children = family.tasks, family.children
        room = self.concurrent - children.live if self.concurrent else len(tasks)
        begun = tasks[children.created : children.created + max(room, 0)]
        return Next(create=tuple(map(Child, begun)), complete=children.created == len(tasks))

    def follows(self, earlier: TaskRun, later: TaskRun) -> bool:  # noqa: ARG002 - nothing depends on anything
        """No child depends on another."""
        return False
