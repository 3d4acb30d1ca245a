"""Delete old metrics.

## Example
    id: purge_metrics
    namespace: company.team
    tasks:
      - id: purge
        type: io.kestra.plugin.core.metric.PurgeMetrics
        namespace: company
        endDate: "{{ now() | dateAdd(-1, 'MONTHS') }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.services.past_entries import PastEntries
from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr


class PurgeMetricsOutput(Model):
    """How much was deleted."""

    count: int = Field(description="How many metrics.")


class PurgeMetrics(Runnable):
    """Delete the metrics of a namespace or of a flow that are old enough."""

    Output: ClassVar[type[BaseModel]] = PurgeMetricsOutput

    type: Literal["io.kestra.plugin.core.metric.PurgeMetrics"]
    namespace: TemplatedStr | None = Field(
        None, description="The namespace, without `flowId` those below it too; all by default."
    )
    flow_id: TemplatedStr | None = Field(None, description="The flow; all of the namespace by default.")
    start_date: Templated[Instant] | None = Field(None, description="Metrics that were published earlier stay.")
    end_date: Templated[Instant] = Field(description="Metrics that were published later stay.")

    def run(self, context: RunContext) -> PurgeMetricsOutput:
        """Delete the metrics."""
        if self.flow_id is not None and self.namespace is None:
            raise TaskFailed("expected `namespace` beside `flowId`")
        wanted = PastEntries(until=self.end_date, since=self.start_date, namespace=self.namespace, flow_id=self.flow_id)
        return PurgeMetricsOutput(count=context.services.metric_records.purge(wanted))
