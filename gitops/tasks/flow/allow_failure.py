"""Run tasks of which a failure does not stop the flow.

## Example
    id: best_effort
    namespace: company.team
    tasks:
      - id: try
        type: io.kestra.plugin.core.flow.AllowFailure
        tasks:
          - id: risky
            type: io.kestra.plugin.core.execution.Fail
      - id: anyway
        type: io.kestra.plugin.core.log.Log
        message: the flow goes on
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.task import SomeTasks, UnavailableFlowable
from gitops.tasks.flow.endings import Endings


class AllowFailure(Endings, UnavailableFlowable):
    """Run children in order; a failure ends the task as WARNING, and the flow goes on."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.AllowFailure",)

    type: Literal["io.kestra.plugin.core.flow.AllowFailure"]
    tasks: SomeTasks = Field(description="The children, run in order.")
