"""Run tasks again and again until a condition holds.

## Example
    id: wait_for_report
    namespace: company.team
    tasks:
      - id: until_there
        type: io.kestra.plugin.core.flow.LoopUntil
        condition: "{{ outputs.ask.value == 'ready' }}"
        failOnMaxReached: true
        checkFrequency:
          interval: PT30S
          maxIterations: 20
        tasks:
          - id: ask
            type: io.kestra.plugin.core.debug.Return
            format: ready
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.language.task import SomeTasks, UnavailableFlowable
from gitops.tasks.flow.endings import Endings


class CheckFrequency(Model):
    """How often the children run."""

    interval: Templated[Duration] = Field(timedelta(minutes=1), description="The wait between two iterations.")
    max_iterations: Templated[Annotated[int, Field(gt=0)]] | None = Field(
        None, description="How many iterations there are at most; no limit by default."
    )
    max_duration: Templated[Duration] | None = Field(
        None, description="No iteration begins later than this after the start; no limit by default."
    )


class LoopUntilOutput(Model):
    """How far the loop is."""

    iteration_count: int = Field(description="The number of the iteration, from 1; children see it too.")


class LoopUntil(Endings, UnavailableFlowable):
    """Run the children in order until a condition holds after an iteration."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.plugin.core.flow.WaitFor",
        "io.kestra.core.tasks.flows.WaitFor",
    )
    Output: ClassVar[type[BaseModel]] = LoopUntilOutput

    type: Literal["io.kestra.plugin.core.flow.LoopUntil"]
    condition: TemplatedStr = Field(description="The loop ends when this renders to a true value after an iteration.")
    tasks: SomeTasks = Field(description="The children, run in order in each iteration.")
    fail_on_max_reached: Templated[bool] = Field(
        False, description="Whether the task fails when a limit of `checkFrequency` ends it."
    )
    check_frequency: CheckFrequency = Field(
        default_factory=CheckFrequency, description="How often the children run, and when to give up."
    )
