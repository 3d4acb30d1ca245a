"""Delete old executions with what belongs to them.

## Example
    id: purge_old
    namespace: company.team
    tasks:
      - id: purge
        type: io.kestra.plugin.core.execution.PurgeExecutions
        namespace: company
        endDate: "{{ now() | dateAdd(-1, 'MONTHS') }}"
        states:
          - SUCCESS
          - KILLED
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.services.past_executions import Purge, WantedExecutions
from gitops.execution.state import State
from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import StateName, Templated, TemplatedStr


class PurgeExecutionsOutput(Model):
    """How much was deleted."""

    executions_count: int = Field(description="How many executions.")
    logs_count: int = Field(description="How many log entries.")
    metrics_count: int = Field(description="How many metrics.")
    storages_count: int = Field(description="How many files.")
    task_outputs_count: int | None = Field(None, description="How many outputs of task runs.")


class PurgeExecutions(Runnable):
    """Delete the executions of a namespace or of a flow that are old enough."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.tasks.storages.Purge",
        "io.kestra.plugin.core.storage.Purge",
    )
    Output: ClassVar[type[BaseModel]] = PurgeExecutionsOutput

    type: Literal["io.kestra.plugin.core.execution.PurgeExecutions"]
    namespace: TemplatedStr | None = Field(
        None, description="The namespace, without `flowId` those below it too; all by default."
    )
    flow_id: TemplatedStr | None = Field(None, description="The flow; all of the namespace by default.")
    start_date: Templated[Instant] | None = Field(None, description="Executions that began earlier stay.")
    end_date: Templated[Instant] = Field(description="Executions that began later stay.")
    states: Templated[tuple[StateName, ...]] = Field((), description="The states; all when there is none.")
    purge_execution: Templated[bool] = Field(True, description="Whether the executions themselves are deleted.")
    purge_log: Templated[bool] = Field(True, description="Whether their logs are deleted.")
    purge_metric: Templated[bool] = Field(True, description="Whether their metrics are deleted.")
    purge_storage: Templated[bool] = Field(True, description="Whether their files are deleted.")
    batch_size: Templated[Annotated[int, Field(ge=1)]] = Field(100, description="How many are deleted in one go.")

    def run(self, context: RunContext) -> PurgeExecutionsOutput:
        """Delete the executions that are done; those that are not stay."""
        wanted = WantedExecutions(
            namespace=self.namespace,
            flow_id=self.flow_id,
            states=[State(name) for name in self.states],
            since=self.start_date,
            until=self.end_date,
        )
        what = Purge(
            executions=self.purge_execution,
            logs=self.purge_log,
            metrics=self.purge_metric,
            files=self.purge_storage,
        )
        purged = context.services.past_executions.purge(wanted, what, batch=self.batch_size)
        return PurgeExecutionsOutput(
            executions_count=purged.executions,
            logs_count=purged.logs,
            metrics_count=purged.metrics,
            storages_count=purged.files,
        )
