"""Run tasks of which a failure does not stop the flow.

## Example
    id: best_effort
    namespace: company.team
    tasks:
      - id: try
        type: io.kestra.plugin.core.flow.AllowFailure
        tasks:
          - id: risky
            type: io.kestra.plugin.core.execution.Fail
      - id: anyway
        type: io.kestra.plugin.core.log.Log
        message: the flow goes on
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.flowable import Flowable
from gitops.execution.state import Branch, State
from gitops.language.task import SomeTasks, Task
from gitops.tasks.flow.endings import Endings


class AllowFailure(Endings, Flowable):
    """Run children in order; a failure ends the task as WARNING, and the flow goes on."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.AllowFailure",)

    type: Literal["io.kestra.plugin.core.flow.AllowFailure"]
    tasks: SomeTasks = Field(description="The children, run in order.")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return self.tasks if branch is Branch.TASKS else self.ending(branch)

    def result(self, outcome: State) -> State:
        """A failure of the children is a warning of the task."""
        return State.WARNING if outcome is State.FAILED else outcome
