"""Create an execution when executions of other flows get into some state.

## Example
    id: report
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} ended with {{ trigger.state }}"
    triggers:
      - id: after_both
        type: io.kestra.plugin.core.trigger.Flow
        preconditions:
          id: loaded
          timeWindow:
            type: DAILY_TIME_DEADLINE
            deadline: "09:00:00"
          flows:
            - namespace: company.team
              flowId: load_orders
              states: [SUCCESS]
            - namespace: company.team
              flowId: load_prices
              states: [SUCCESS]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from gitops.language.condition import Conditions
from gitops.language.gathering import Gathering
from gitops.language.label import Label
from gitops.language.model import removed
from gitops.language.scalars import StateName
from gitops.language.trigger import FollowingTrigger
from gitops.triggers.dependencies import Dependency, OnMiss, Window
from gitops.triggers.preconditions import Preconditions

_COUNTED: JsonDict = {
    "if": {"required": ["mode"], "properties": {"mode": {"const": "AT_LEAST"}}},
    "then": {"required": ["minSatisfied"]},
}


class Flow(FollowingTrigger):
    """Fire when executions of other flows get into some state, alone or several of them together."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_COUNTED]})
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.models.triggers.types.Flow",)

    type: Literal["io.kestra.plugin.core.trigger.Flow"]
    states: tuple[StateName, ...] = Field(
        ("SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED", "PAUSED"),
        description="The states of other executions that are looked at.",
    )
    preconditions: Preconditions | None = Field(
        None,
        description="Executions that must all have happened in one span of time.",
        json_schema_extra=removed("use `dependsOn`"),
    )
    depends_on: tuple[Dependency, ...] = Field((), description="Executions to wait for.")
    mode: Literal["ALL", "ANY", "AT_LEAST"] = Field("ALL", description="How many of the dependencies must be met.")
    min_satisfied: int | None = Field(None, ge=1, description="With AT_LEAST, the number of dependencies.")
    window: Window | None = Field(None, description="The span of time in which the dependencies must be met.")
    on_miss: OnMiss | None = Field(None, description="What happens when the window ends and they are not met.")

    @model_validator(mode="after")
    def _countable(self) -> Flow:
        if self.mode != "AT_LEAST":
            return self
        if self.min_satisfied is None:
            raise ValueError("expected `minSatisfied` beside `mode: AT_LEAST`")
        if self.min_satisfied > len(self.depends_on):
            known = len(self.depends_on)
            raise ValueError(
                f"expected `minSatisfied` of at most the number of `dependsOn`, {known}, found {self.min_satisfied}"
            )
        return self

    def gatherings(self) -> Sequence[Gathering]:
        """The preconditions, the dependencies, and the conditions that wait for several executions."""
        found = [condition.gathering() for condition in self.conditions]
        own = [self.preconditions.gathering()] if self.preconditions else []
        return [*(each for each in found if each is not None), *own, *self._dependencies()]

    def tested(self) -> Conditions:
        """The conditions that decide about one execution."""
        return tuple(condition for condition in self.conditions if condition.gathering() is None)

    def labels_of_misses(self) -> Sequence[Label] | None:
        """Those of `onMiss`."""
        return None if self.on_miss is None else self.on_miss.labels or ()

    def _dependencies(self) -> list[Gathering]:
        """What `dependsOn`, `mode` and `window` say."""
        if not self.depends_on:
            return []
        window, count = self.window or Window(), len(self.depends_on)
        gathering = Gathering(
            id="dependsOn",
            needs={str(number): each.fits for number, each in enumerate(self.depends_on)},
            enough={"ALL": count, "ANY": 1}.get(self.mode) or self.min_satisfied or count,
            find_span=window.span,
            coming_span=window.coming_span if self.on_miss else None,
            lookback=window.lookback,
            once=window.fire_once,
            by_flow=True,
        )
        return [gathering]
