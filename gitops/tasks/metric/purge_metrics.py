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

from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Unavailable


class PurgeMetricsOutput(Model):
    """How much was deleted."""

    count: int = Field(description="How many metrics.")


class PurgeMetrics(Unavailable):
    """Delete the metrics of a namespace or of a flow that are old enough."""

    Output: ClassVar[type[BaseModel]] = PurgeMetricsOutput

    type: Literal["io.kestra.plugin.core.metric.PurgeMetrics"]
    namespace: TemplatedStr | None = Field(
        None, description="The namespace, without `flowId` those below it too; all by default."
    )
    flow_id: TemplatedStr | None = Field(None, description="The flow; all of the namespace by default.")
    start_date: Templated[Instant] | None = Field(None, description="Metrics that were published earlier stay.")
    end_date: Templated[Instant] = Field(description="Metrics that were published later stay.")
