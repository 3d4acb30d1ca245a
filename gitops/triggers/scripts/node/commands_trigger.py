"""Create an execution when commands in Node.js end in a certain way.

## Example
    id: node_commands_trigger
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "ended with {{ trigger.exitCode }}"
    triggers:
      - id: watch
        type: io.kestra.plugin.scripts.node.CommandsTrigger
        exitCondition: exit 1
        commands:
          - node main.js
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.node.commands import Commands
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask
from gitops.triggers.scripts.watch import CommandsWatch


class CommandsTrigger(CommandsWatch):
    """Run commands again and again, and fire on a certain end."""

    TASK: ClassVar[type[ScriptTask]] = Commands

    type: Literal["io.kestra.plugin.scripts.node.CommandsTrigger"]
    container_image: TemplatedStr | None = Field("node", description=IMAGE)
