"""Resume a paused execution.

## Example
    id: resume_it
    namespace: company.team
    inputs:
      - id: execution
        type: STRING
    tasks:
      - id: resume
        type: io.kestra.plugin.core.execution.Resume
        namespace: company.team
        flowId: ask_first
        executionId: "{{ inputs.execution }}"
        inputs:
          reason: looks fine
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Values


class Resume(Runnable):
    """Resume a paused execution, with the inputs that it asks for."""

    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "resume with the API"

    type: Literal["io.kestra.plugin.core.execution.Resume"]
    execution_id: TemplatedStr | None = Field(None, description="The execution; the task's own by default.")
    namespace: TemplatedStr | None = Field(None, description="The namespace of its flow; goes with `flowId`.")
    flow_id: TemplatedStr | None = Field(None, description="Its flow; goes with `namespace`.")
    inputs: Templated[Values] | None = Field(None, description="The inputs that the pause asks for.")

    def run(self, context: RunContext) -> None:
        """Let it go on; one that is not paused is a failure."""
        if (self.namespace is None) is not (self.flow_id is None):
            raise TaskFailed("expected `namespace` and `flowId` together, found one of them")
        place = (self.namespace, self.flow_id) if self.namespace and self.flow_id else None
        context.services.past_executions.resume(self.execution_id, place=place, inputs=self.inputs or {})
