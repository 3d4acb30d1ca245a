"""Kill the execution that the task belongs to.

## Example
    id: stop_everything
    namespace: company.team
    tasks:
      - id: kill
        type: io.kestra.plugin.core.execution.Kill
        propagateKill: true
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gitops.language.scalars import Templated
from gitops.language.task import UnavailableFlowable


class Kill(UnavailableFlowable):
    """Kill the execution."""

    type: Literal["io.kestra.plugin.core.execution.Kill"]
    propagate_kill: Templated[bool] = Field(False, description="Whether the executions it created are killed too.")
