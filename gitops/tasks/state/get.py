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

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Templated
from gitops.language.task import Unavailable
from gitops.tasks.state.state_properties import StateProperties


class GetOutput(Model):
    """The state."""

    count: int = Field(description="How many values the state has.")
    data: dict[str, Any] = Field(description="The values by name.")


class Get(StateProperties, Unavailable):
    """Read the state that an earlier execution left behind."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.states.Get",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.kv.Get`"
    REMOVED: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = GetOutput

    type: Literal["io.kestra.plugin.core.state.Get"]
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing state is a failure.")
