"""Leave a state behind for the next execution.

## Example
    id: count
    namespace: company.team
    tasks:
      - id: state
        type: io.kestra.plugin.core.state.Set
        name: counter
        data:
          last: "{{ execution.id }}"
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.key_value import plain_value
from gitops.language.model import Model
from gitops.language.scalars import Templated
from gitops.tasks.state.state_properties import StateProperties


class SetOutput(Model):
    """The state that was written."""

    count: int = Field(description="How many values the state has.")
    key: str = Field(description="The key it is kept under.")


class Set(StateProperties, Runnable):
    """Leave a state behind for the next execution; values are added to those that are there."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.states.Set",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.kv.Set`"
    REMOVED: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = SetOutput

    type: Literal["io.kestra.plugin.core.state.Set"]
    data: Templated[dict[str, Any]] | None = Field(None, description="The values by name.")

    def run(self, context: RunContext) -> SetOutput:
        """Add the values to those that are there, in one step."""
        namespace, key = self.place(context)
        values = {name: plain_value(value) for name, value in (self.data or {}).items()}
        merged = context.services.key_values.merge(namespace, key, values)
        return SetOutput(count=len(merged), key=key)
