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

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.flowable import (
    Again,
    Begin,
    Child,
    Conclusion,
    Done,
    Family,
    Flowable,
    Next,
    Render,
    in_order,
)
from gitops.execution.rendered import count_of, duration_of
from gitops.execution.state import Branch, State
from gitops.execution.truth import is_true
from gitops.language.model import Model
from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.language.task import SomeTasks, Task
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


class LoopUntil(Endings, Flowable):
    """Run the children in order until a condition holds after an iteration."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.plugin.core.flow.WaitFor",
        "io.kestra.core.tasks.flows.WaitFor",
    )
    Output: ClassVar[type[BaseModel]] = LoopUntilOutput
    LOOP: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.flow.LoopUntil"]
    condition: TemplatedStr = Field(description="The loop ends when this renders to a true value after an iteration.")
    tasks: SomeTasks = Field(description="The children, run in order in each iteration.")
    fail_on_max_reached: Templated[bool] = Field(
        False, description="Whether the task fails when a limit of `checkFrequency` ends it."
    )
    check_frequency: CheckFrequency = Field(
        default_factory=CheckFrequency, description="How often the children run, and when to give up."
    )

    @classmethod
    def read_alias(cls, value: Mapping[str, object]) -> Mapping[str, object]:
        """By its old name the task has the limits that it had then."""
        frequency = value.get("checkFrequency")
        then = {"interval": "PT1S", "maxIterations": 100, "maxDuration": "PT1H"}
        known = frequency if isinstance(frequency, Mapping) else {}
        return {**value, "checkFrequency": {**then, **known}}

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return self.tasks if branch is Branch.TASKS else self.ending(branch)

    def begin(self, render: Render) -> Begin:  # noqa: ARG002 - the condition is looked at later
        """The first iteration."""
        return Begin(outputs={"iterationCount": 1})

    def next(self, family: Family) -> Next:
        """One task after another, each with the number of the iteration."""
        following = in_order(family.tasks, family.children)
        return replace(following, create=tuple(Child(child.task, None, family.cursor) for child in following.create))

    def conclude(self, family: Family, render: Render, *, began: datetime, now: datetime) -> Conclusion:
        """End when the condition holds or a limit is met, else run the tasks again."""
        number = family.cursor + 1
        if is_true(render(self.condition)):
            return Done(outputs={"iterationCount": number})
        reached = self._reached(number, render, took=now - began)
        if reached is not None:
            failed = is_true(render(self.fail_on_max_reached))
            state = State.FAILED if failed else None
            return Done(state=state, outputs={"iterationCount": number}, message=reached if failed else None)
        return Again(duration_of(self.check_frequency.interval, render), outputs={"iterationCount": number + 1})

    def _reached(self, number: int, render: Render, *, took: timedelta) -> str | None:
        """Which limit is met, in words."""
        frequency = self.check_frequency
        if frequency.max_iterations is not None and number >= count_of(frequency.max_iterations, render):
            return f"the condition did not hold after {number} iterations"
        if frequency.max_duration is not None:
            longest = duration_of(frequency.max_duration, render)
            if took + duration_of(frequency.interval, render) > longest:
                return f"the condition did not hold in {longest.total_seconds():g} seconds"
        return None
