"""Publish metrics of the execution.

## Example
    id: count_rows
    namespace: company.team
    tasks:
      - id: publish
        type: io.kestra.plugin.core.metric.Publish
        metrics:
          - type: counter
            name: rows
            value: 42
            tags:
              table: orders
          - type: timer
            name: load
            value: PT1.5S
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Duration, Templated, TemplatedStr, Text


class _Metric(Model):
    name: TemplatedStr = Field(description="The name of the metric.")
    description: TemplatedStr | None = Field(None, description="What the metric means.")
    tags: Templated[dict[str, Text]] | None = Field(None, description="What the value belongs to.")


class Counter(_Metric):
    """Something that is counted; values of one name are added up."""

    type: Literal["counter"]
    value: Templated[float] = Field(description="How many.")


class Timer(_Metric):
    """How long something took."""

    type: Literal["timer"]
    value: Templated[Duration] = Field(description="How long.")


class Gauge(_Metric):
    """Something that goes up and down."""

    type: Literal["gauge"]
    value: Templated[float] = Field(description="Where it is now.")


Metric = Annotated[Counter | Timer | Gauge, Field(discriminator="type")]


class PublishOutput(Model):
    """What was published."""

    metrics: list[dict[str, Any]] = Field(description="Each metric with its rendered values.")


class Publish(Runnable):
    """Publish counters, timers and gauges."""

    INLINE: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = PublishOutput

    type: Literal["io.kestra.plugin.core.metric.Publish"]
    metrics: Templated[tuple[Metric, ...]] = Field((), description="The metrics, or a text that renders to them.")

    def run(self, context: RunContext) -> PublishOutput:
        """Keep each metric."""
        for metric in self.metrics:
            value = metric.value.total_seconds() if isinstance(metric, Timer) else metric.value
            context.measure(metric.type, metric.name, value, metric.tags or {})
        shown = [metric.model_dump(mode="json", by_alias=True, exclude_none=True) for metric in self.metrics]
        return PublishOutput(metrics=shown)
