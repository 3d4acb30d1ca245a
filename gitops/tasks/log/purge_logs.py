"""Delete old log entries.

## Example
    id: purge_logs
    namespace: company.team
    tasks:
      - id: purge
        type: io.kestra.plugin.core.log.PurgeLogs
        namespace: company
        logLevels:
          - TRACE
          - DEBUG
        endDate: "{{ now() | dateAdd(-1, 'MONTHS') }}"
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.services.past_entries import PastEntries
from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Level, Templated, TemplatedStr


class PurgeLogsOutput(Model):
    """How much was deleted."""

    count: int = Field(description="How many log entries.")
    execution_logs_count: int | None = Field(None, description="How many of them belonged to executions.")
    non_execution_logs_count: int | None = Field(None, description="How many of them did not, such as triggers'.")


class PurgeLogs(Runnable):
    """Delete the log entries of a namespace, a flow or an execution that are old enough."""

    Output: ClassVar[type[BaseModel]] = PurgeLogsOutput

    type: Literal["io.kestra.plugin.core.log.PurgeLogs"]
    namespace: TemplatedStr | None = Field(
        None, description="The namespace, without `flowId` those below it too; all by default."
    )
    flow_id: TemplatedStr | None = Field(None, description="The flow; all of the namespace by default.")
    execution_id: TemplatedStr | None = Field(None, description="The execution; all by default.")
    log_levels: Templated[tuple[Level, ...]] = Field((), description="The levels; all when there is none.")
    start_date: Templated[Instant] | None = Field(None, description="Entries that were written earlier stay.")
    end_date: Templated[Instant] = Field(description="Entries that were written later stay.")
    purge_execution_logs: Templated[bool] = Field(True, description="Whether logs of executions are deleted.")
    purge_non_execution_logs: Templated[bool] = Field(True, description="Whether all other logs are deleted.")
    batch_size: Templated[Annotated[int, Field(ge=1)]] | None = Field(
        None, description="How many are deleted in one go; 5,000 by default."
    )

    def run(self, context: RunContext) -> PurgeLogsOutput:
        """Delete the entries; every entry that is kept belongs to an execution."""
        wanted = PastEntries(
            until=self.end_date,
            since=self.start_date,
            namespace=self.namespace,
            flow_id=self.flow_id,
            execution_id=self.execution_id,
        )
        purge = context.services.log_records.purge
        count = purge(wanted, levels=self.log_levels, batch=self.batch_size) if self.purge_execution_logs else 0
        return PurgeLogsOutput(count=count, execution_logs_count=count, non_execution_logs_count=0)
