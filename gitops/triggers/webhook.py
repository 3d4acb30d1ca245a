"""Create an execution when somebody calls an address that holds the trigger's key.

## Example
    id: on_call
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "got {{ trigger.body }}"
    triggers:
      - id: hook
        type: io.kestra.plugin.core.trigger.Webhook
        key: "a-long-random-key"
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.language.trigger import CalledTrigger


class Webhook(CalledTrigger):
    """Fire on `GET`, `POST` or `PUT` of `/api/v1/main/executions/webhook/{namespace}/{id}/{key}`."""

    type: Literal["io.kestra.plugin.core.trigger.Webhook"]
    key: TemplatedStr = Field(
        max_length=256, description="The last part of the address; whoever knows it may start the flow."
    )

    def variables(
        self, body: bytes, headers: Mapping[str, list[str]], parameters: Mapping[str, list[str]]
    ) -> Mapping[str, object]:
        """`trigger.body` (read as JSON when it is), `trigger.headers` and `trigger.parameters`."""
        return {"body": _read(body), "headers": dict(headers), "parameters": dict(parameters)}


def _read(body: bytes) -> object:
    if not body:
        return None
    text = body.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return text
