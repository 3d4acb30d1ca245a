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

from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import UnavailableFlowable, Values


class Resume(UnavailableFlowable):
    """Resume a paused execution, with the inputs that it asks for."""

    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "resume with the API"

    type: Literal["io.kestra.plugin.core.execution.Resume"]
    execution_id: TemplatedStr | None = Field(None, description="The execution; the task's own by default.")
    namespace: TemplatedStr | None = Field(None, description="The namespace of its flow; goes with `flowId`.")
    flow_id: TemplatedStr | None = Field(None, description="Its flow; goes with `namespace`.")
    inputs: Templated[Values] | None = Field(None, description="The inputs that the pause asks for.")
