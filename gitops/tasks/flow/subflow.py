"""Call another flow, and hand its outputs on.

## Example
    id: caller
    namespace: company.team
    tasks:
      - id: call
        type: io.kestra.plugin.core.flow.Subflow
        namespace: company.team
        flowId: called
        inputs:
          name: Ada
      - id: show
        type: io.kestra.plugin.core.log.Log
        message: "{{ outputs.call.outputs }}"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.calling import Call, Render, RenderCall
from gitops.execution.state import State
from gitops.language.model import Model, deprecated
from gitops.language.scalars import StateName, Templated
from gitops.language.task import Values
from gitops.tasks.flow.child_execution import ChildExecution


class SubflowOutput(Model):
    """The execution of the called flow."""

    execution_id: str = Field(description="Its id.")
    state: StateName | None = Field(None, description="The state that it ended in, when the task waited.")
    outputs: dict[str, Any] | None = Field(None, description="The outputs of the called flow, when the task waited.")


class Subflow(ChildExecution):
    """Create an execution of another flow, and wait for its end unless told otherwise."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Subflow", "io.kestra.core.tasks.flows.Flow")
    Output: ClassVar[type[BaseModel]] = SubflowOutput

    type: Literal["io.kestra.plugin.core.flow.Subflow"]
    outputs: Templated[Values] | None = Field(
        None,
        description="What to take from the execution; ignored when the called flow has outputs of its own.",
        json_schema_extra=deprecated("give the called flow `outputs`", removed=True),
    )

    def call(self, index: int, item: object, render: RenderCall) -> Call:  # noqa: ARG002 - there is one call
        """See Calling."""
        return self.rendered_call(render({}))

    def outputs_when(self, counts: Mapping[str, int], render: Render) -> Mapping[str, object] | None:  # noqa: ARG002 - there is one call
        """See Calling."""
        return None

    def outputs_of(
        self, child_id: str, state: State | None, outputs: Mapping[str, object] | None
    ) -> Mapping[str, object] | None:
        """See Calling."""
        known = {"executionId": child_id, "state": state and state.value, "outputs": outputs}
        return {name: value for name, value in known.items() if value is not None}

    def wanted(self) -> Mapping[str, object] | None:
        """See Calling."""
        return self.outputs if isinstance(self.outputs, Mapping) else None
