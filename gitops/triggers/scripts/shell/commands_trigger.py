"""Create an execution when commands in a shell end in a certain way.

## Example
    id: shell_commands_trigger
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "ended with {{ trigger.exitCode }}"
    triggers:
      - id: watch
        type: io.kestra.plugin.scripts.shell.CommandsTrigger
        exitCondition: exit 1
        commands:
          - exit 1
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask
from gitops.tasks.scripts.shell.commands import Commands
from gitops.triggers.scripts.watch import CommandsWatch


class CommandsTrigger(CommandsWatch):
    """Run commands again and again, and fire on a certain end."""

    TASK: ClassVar[type[ScriptTask]] = Commands

    type: Literal["io.kestra.plugin.scripts.shell.CommandsTrigger"]
    container_image: TemplatedStr | None = Field("ubuntu", description=IMAGE)
