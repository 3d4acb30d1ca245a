"""Create an execution when commands in Go end in a certain way.

## Example
    id: go_commands_trigger
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "ended with {{ trigger.exitCode }}"
    triggers:
      - id: watch
        type: io.kestra.plugin.scripts.go.CommandsTrigger
        exitCondition: exit 1
        commands:
          - go run main.go
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.go.commands import Commands
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask
from gitops.triggers.scripts.watch import CommandsWatch


class CommandsTrigger(CommandsWatch):
    """Run commands again and again, and fire on a certain end."""

    TASK: ClassVar[type[ScriptTask]] = Commands

    type: Literal["io.kestra.plugin.scripts.go.CommandsTrigger"]
    container_image: TemplatedStr | None = Field("golang", description=IMAGE)
