"""Offer the flow to assistants as a tool that they can call.

## Example
    id: find_order
    namespace: company.team
    inputs:
      - id: number
        type: INT
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "looking for order {{ inputs.number }}"
    triggers:
      - id: tool
        type: io.kestra.plugin.core.trigger.McpToolTrigger
        toolName: find_order
        title: Find an order
        toolDescription: Finds an order by its number.
        annotations:
          readOnly: true
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gitops.language.model import Model
from gitops.language.scalars import Text
from gitops.language.trigger import UnavailableTrigger

_ToolName = Annotated[
    str, StringConstraints(pattern=r"^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$", min_length=1, max_length=64)
]


class Annotations(Model):
    """What an assistant should know before it calls the tool."""

    read_only: bool = Field(False, description="The tool changes nothing.")
    open_world: bool = Field(True, description="The tool reaches things outside this service.")
    destructive: bool = Field(True, description="What the tool changes cannot be taken back.")
    idempotent: bool = Field(False, description="A second call with the same inputs changes nothing more.")
    return_direct: bool = Field(False, description="The answer is shown to people as it is.")


class McpToolTrigger(UnavailableTrigger):
    """Fire when an assistant calls the flow as a tool of a server of the Model Context Protocol."""

    type: Literal["io.kestra.plugin.core.trigger.McpToolTrigger"]
    tool_name: _ToolName = Field(
        description="The tool's name.",
        json_schema_extra={
            "patternErrorMessage": "letters, digits, `_`, `.` and `-`, with a letter or digit at both ends"
        },
    )
    title: Text | None = Field(None, description="The name that people see.")
    tool_description: Text = Field(description="What the tool does and when to call it.")
    mcp_server: Text = Field("default", description="The server that offers the tool.")
    annotations: Annotations = Field(
        Annotations(), description="What an assistant should know before it calls the tool."
    )
