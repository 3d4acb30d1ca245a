"""Read the state that an earlier execution left behind.

## Example
    id: count
    namespace: company.team
    tasks:
      - id: state
        type: io.kestra.plugin.core.state.Get
        name: counter
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import NotFound, TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.values import plain
from gitops.language.model import Model
from gitops.language.scalars import Templated
from gitops.tasks.state.state_properties import StateProperties


class GetOutput(Model):
    """The state."""

    count: int = Field(description="How many values the state has.")
    data: dict[str, Any] = Field(description="The values by name.")


class Get(StateProperties, Runnable):
    """Read the state that an earlier execution left behind."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.states.Get",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.kv.Get`"
    REMOVED: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = GetOutput

    type: Literal["io.kestra.plugin.core.state.Get"]
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing state is a failure.")

    def run(self, context: RunContext) -> GetOutput:
        """The values; none when there is no state yet."""
        namespace, key = self.place(context)
        try:
            found = plain(context.services.key_values.get(namespace, key, inherited=False))
        except NotFound:
            if self.error_on_missing:
                raise TaskFailed(f"there is no state `{self.name}`: no task state.Set has left one behind") from None
            found = {}
        data = dict(found) if isinstance(found, Mapping) else {}
        return GetOutput(count=len(data), data=data)
