"""Enable or disable a trigger.

## Example
    id: first_time_only
    namespace: company.team
    tasks:
      - id: disable
        type: io.kestra.plugin.core.trigger.Toggle
        trigger: nightly
        enabled: false
    triggers:
      - id: nightly
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "0 2 * * *"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.scalars import Templated, TemplatedStr


class Toggle(Runnable):
    """Enable or disable a trigger of this flow or of another one."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.trigger.Toggle",)
    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "set `disabled` in the flow's source"

    type: Literal["io.kestra.plugin.core.trigger.Toggle"]
    trigger: TemplatedStr = Field(description="The id of the trigger.")
    namespace: TemplatedStr | None = Field(None, description="The namespace of its flow; this one by default.")
    flow_id: TemplatedStr | None = Field(None, description="Its flow; this one by default.")
    enabled: Templated[bool] = Field(False, description="Whether the trigger is enabled afterwards.")

    def run(self, context: RunContext) -> None:
        """Switch the trigger; it stays so until somebody switches it back or removes it."""
        switches = context.services.trigger_switches
        switches.switch(self.trigger, on=self.enabled, flow_id=self.flow_id, namespace=self.namespace)
