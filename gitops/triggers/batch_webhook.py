"""Collect the calls of an address and create one execution for many of them.

## Example
    id: collect
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "got {{ trigger.count }} calls"
    triggers:
      - id: hook
        type: io.kestra.plugin.core.trigger.BatchWebhook
        key: "a-long-random-key"
        eventsCount: 100
        pollingInterval: PT15M
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from gitops.language.scalars import Duration, TemplatedStr
from gitops.language.trigger import UnavailableTrigger

_ONE_OF_BOTH: JsonDict = {
    "if": {"required": ["pollingInterval"]},
    "then": {},
    "else": {"required": ["eventsCount"]},
}
_LONGEST_KEY = 256


class BatchWebhook(UnavailableTrigger):
    """Fire when enough calls have come, or when the first of them has waited long enough."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_ONE_OF_BOTH]})

    type: Literal["io.kestra.plugin.core.trigger.BatchWebhook"]
    key: TemplatedStr = Field(
        max_length=_LONGEST_KEY,
        description="The last part of the address; whoever knows it may call the flow.",
        json_schema_extra={"maxLength": _LONGEST_KEY},
    )
    events_count: int | None = Field(None, ge=1, description="How many calls make an execution.")
    polling_interval: Duration | None = Field(None, description="How long a call waits for others at most.")
    event_filter: TemplatedStr | None = Field(
        None, description="A call is dropped when this renders to a false value; `trigger.body` is its body."
    )

    @model_validator(mode="after")
    def _ending(self) -> BatchWebhook:
        if self.events_count is None and self.polling_interval is None:
            raise ValueError("expected `eventsCount`, `pollingInterval` or both, found neither")
        return self
