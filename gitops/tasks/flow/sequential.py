"""Run tasks one after another, as a group of their own.

## Example
    id: grouped
    namespace: company.team
    tasks:
      - id: group
        type: io.kestra.plugin.core.flow.Sequential
        tasks:
          - id: first
            type: io.kestra.plugin.core.log.Log
            message: one
          - id: second
            type: io.kestra.plugin.core.log.Log
            message: two
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.flowable import Flowable
from gitops.execution.state import Branch
from gitops.language.task import SomeTasks, Task
from gitops.tasks.flow.endings import Endings


class Sequential(Endings, Flowable):
    """Run children in order; stop at the first failure."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Sequential",)

    type: Literal["io.kestra.plugin.core.flow.Sequential"]
    tasks: SomeTasks = Field(description="The children, run in order.")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return self.tasks if branch is Branch.TASKS else self.ending(branch)
