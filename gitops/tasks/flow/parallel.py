"""Run tasks side by side.

## Example
    id: side_by_side
    namespace: company.team
    tasks:
      - id: both
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - id: left
            type: io.kestra.plugin.core.log.Log
            message: left
          - id: right
            type: io.kestra.plugin.core.log.Log
            message: right
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.task import SomeTasks, UnavailableFlowable
from gitops.tasks.flow.endings import Endings


class Parallel(Endings, UnavailableFlowable):
    """Run children side by side; a failure stops none that has started."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Parallel",)

    type: Literal["io.kestra.plugin.core.flow.Parallel"]
    concurrent: int = Field(0, ge=0, description="How many children may run at once; 0 is no limit.")
    tasks: SomeTasks = Field(description="The children.")
