"""Delete the state that an earlier execution left behind.

## Example
    id: start_over
    namespace: company.team
    tasks:
      - id: state
        type: io.kestra.plugin.core.state.Delete
        name: counter
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated
from gitops.tasks.state.state_properties import StateProperties


class DeleteOutput(Model):
    """What became of the state."""

    deleted: bool = Field(description="Whether there was a state to delete.")


class Delete(StateProperties, Runnable):
    """Delete the state that an earlier execution left behind."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.states.Delete",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.kv.Delete`"
    REMOVED: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = DeleteOutput

    type: Literal["io.kestra.plugin.core.state.Delete"]
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing state is a failure.")

    def run(self, context: RunContext) -> DeleteOutput:
        """Delete the state with all its values."""
        deleted = context.services.key_values.delete(*self.place(context))
        if self.error_on_missing and not deleted:
            raise TaskFailed(f"there is no state `{self.name}`: no task state.Set has left one behind")
        return DeleteOutput(deleted=deleted)
