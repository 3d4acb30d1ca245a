"""Count the executions of flows.

## Example
    id: quiet_flows
    namespace: company.team
    tasks:
      - id: count
        type: io.kestra.plugin.core.execution.Count
        flows:
          - namespace: company.team
            flowId: orders
        startDate: "{{ now() | dateAdd(-1, 'DAYS') }}"
        expression: "{{ count == 0 }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.services.past_executions import WantedExecutions
from gitops.execution.state import State
from gitops.language.dates import Instant
from gitops.language.expression.values import text
from gitops.language.model import Model
from gitops.language.scalars import StateName, Templated, Text


class CountedFlow(Model):
    """A flow whose executions are counted."""

    namespace: str = Field(description="Its namespace.")
    flow_id: str = Field(description="Its id.")


class FlowCount(CountedFlow):
    """The number of executions of a flow."""

    count: int = Field(description="How many executions were counted.")


class CountOutput(Model):
    """The counts that were kept."""

    results: list[FlowCount] = Field(description="The count of each flow for which the expression holds.")
    total: int = Field(description="The sum of these counts.")


class Count(Runnable):
    """Count the executions of flows or of namespaces, and keep the counts for which an expression holds."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.executions.Counts",)
    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "count with the API, or keep counts in the KV store"
    Output: ClassVar[type[BaseModel]] = CountOutput

    type: Literal["io.kestra.plugin.core.execution.Count"]
    flows: tuple[CountedFlow, ...] = Field((), description="The flows.")
    namespaces: Templated[tuple[Text, ...]] = Field((), description="The namespaces, in place of `flows`.")
    states: Templated[tuple[StateName, ...]] = Field((), description="The states; all when there is none.")
    start_date: Templated[Instant] = Field(description="Executions that began later are counted.")
    end_date: Templated[Instant] | None = Field(None, description="Executions that began later are not counted.")
    # Not rendered with the task: the count of each flow is its variable.
    expression: Text = Field(
        description="Keeps a flow when it renders to exactly `true`; `count` is the flow's count.",
        json_schema_extra={"x-templated": True},
    )

    def run(self, context: RunContext) -> CountOutput:
        """Count one flow or namespace after the other."""
        if bool(self.flows) is bool(self.namespaces):
            raise TaskFailed("expected `flows` or `namespaces`, one of the two")
        places = [(flow.namespace, flow.flow_id) for flow in self.flows] or [(name, "") for name in self.namespaces]
        counts = [self._count(context, namespace, flow_id) for namespace, flow_id in places]
        kept = [each for each in counts if self._is_kept(context, each)]
        return CountOutput(results=kept, total=sum(each.count for each in kept))

    def _count(self, context: RunContext, namespace: str, flow_id: str) -> FlowCount:
        wanted = WantedExecutions(
            namespace=namespace,
            flow_id=flow_id or None,
            states=[State(name) for name in self.states],
            since=self.start_date,
            until=self.end_date,
        )
        count = context.services.past_executions.count(wanted)
        return FlowCount(namespace=namespace, flow_id=flow_id, count=count)

    def _is_kept(self, context: RunContext, count: FlowCount) -> bool:
        return text(context.render_with(self.expression, {"count": count.count})) == "true"
