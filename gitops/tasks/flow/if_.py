"""Run tasks only when a condition holds, and others when it does not.

## Example
    id: weather
    namespace: company.team
    inputs:
      - id: rain
        type: BOOL
        defaults: true
    tasks:
      - id: outside
        type: io.kestra.plugin.core.flow.If
        condition: "{{ inputs.rain }}"
        then:
          - id: umbrella
            type: io.kestra.plugin.core.log.Log
            message: take an umbrella
        else:
          - id: hat
            type: io.kestra.plugin.core.log.Log
            message: take a hat
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.flowable import Begin, Flowable, Render
from gitops.execution.state import Branch
from gitops.execution.truth import is_true
from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr
from gitops.language.task import SomeTasks, Task, Tasks
from gitops.tasks.flow.endings import Endings


class IfOutput(Model):
    """What was decided."""

    evaluation_result: bool = Field(description="Whether the condition held.")


class If(Endings, Flowable):
    """Run the tasks of one of two branches; the condition is looked at once."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.If",)
    Output: ClassVar[type[BaseModel]] = IfOutput

    type: Literal["io.kestra.plugin.core.flow.If"]
    condition: TemplatedStr = Field(description="What decides: false when it renders to nothing, `false`, `0` or `-0`.")
    then: SomeTasks = Field(description="Tasks that run when the condition holds.")
    else_: Tasks = Field((), alias="else", description="Tasks that run when it does not.")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return (*self.then, *self.else_) if branch is Branch.TASKS else self.ending(branch)

    def begin(self, render: Render) -> Begin:
        """Look at the condition, once."""
        holds = is_true(render(self.condition))
        return Begin(decision={"holds": holds}, outputs={"evaluationResult": holds})

    def chosen(self, decision: Mapping[str, object], cursor: int) -> Sequence[Task]:  # noqa: ARG002 - it does not repeat
        """The tasks of one of the two branches."""
        return self.then if decision.get("holds") else self.else_
