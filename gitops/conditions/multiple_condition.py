"""Hold when several executions happened in one span of time.

## Example
    id: report
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} is {{ trigger.state }}"
    triggers:
      - id: after_both
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - id: both
            type: io.kestra.plugin.core.condition.MultipleCondition
            timeWindow:
              window: PT12H
            conditions:
              orders:
                type: io.kestra.plugin.core.condition.ExecutionFlow
                namespace: company.team
                flowId: load_orders
              prices:
                type: io.kestra.plugin.core.condition.ExecutionFlow
                namespace: company.team
                flowId: load_prices
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from gitops.language.condition import AnyCondition, Condition
from gitops.language.gathering import Gathering
from gitops.language.model import deprecated
from gitops.language.rendered import Render
from gitops.language.scalars import Duration, TaskId
from gitops.language.time_window import DurationWindow, TimeWindow
from gitops.language.upstream import Facts


def _not_empty(conditions: dict[str, Condition]) -> dict[str, Condition]:
    if not conditions:
        raise ValueError("expected at least one condition, found none")
    return conditions


class MultipleCondition(Condition):
    """Hold when each of the conditions has held in one span of time, for one execution or another."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.models.conditions.types.MultipleCondition",)
    DEPRECATED: ClassVar[str | None] = "use the Flow trigger's `preconditions`"

    type: Literal["io.kestra.plugin.core.condition.MultipleCondition"]
    id: TaskId = Field(description="Unique among the conditions of the namespace's flows.")
    conditions: Annotated[
        dict[str, AnyCondition], AfterValidator(_not_empty), Field(json_schema_extra={"minProperties": 1})
    ] = Field(description="The conditions, each with a name.")
    time_window: TimeWindow | None = Field(
        None, description="The span of time in which all must have held; a day if absent."
    )
    reset_on_success: bool = Field(True, description="Begin anew once all have held, instead of holding again.")
    window: Duration | None = Field(
        None, description="How long the span is.", json_schema_extra=deprecated("use `timeWindow.window`")
    )
    window_advance: Duration | None = Field(
        None,
        description="How much later than at midnight the span begins.",
        json_schema_extra=deprecated("use `timeWindow.windowAdvance`"),
    )

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - see below
        """False: one look is never enough; a Flow trigger asks for `gathering`, and others may not have it."""
        return False

    def gathering(self) -> Gathering:
        """All of the conditions, by name, in one span of time."""
        return Gathering(
            id=self.id,
            needs={name: condition.holds for name, condition in self.conditions.items()},
            enough=len(self.conditions),
            find_span=self._time_window().span,
            resets=self.reset_on_success,
        )

    def _time_window(self) -> TimeWindow:
        if self.time_window is not None:
            return self.time_window
        window = {"type": "DURATION_WINDOW", "window": self.window, "window_advance": self.window_advance}
        return DurationWindow.model_validate({name: value for name, value in window.items() if value is not None})
