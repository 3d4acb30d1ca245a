"""Create an execution when commands in Python end in a certain way.

## Example
    id: python_commands_trigger
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "ended with {{ trigger.exitCode }}"
    triggers:
      - id: watch
        type: io.kestra.plugin.scripts.python.CommandsTrigger
        exitCondition: exit 1
        commands:
          - python main.py
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.python.commands import Commands
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask
from gitops.triggers.scripts.watch import CommandsWatch


class CommandsTrigger(CommandsWatch):
    """Run commands again and again, and fire on a certain end."""

    TASK: ClassVar[type[ScriptTask]] = Commands

    type: Literal["io.kestra.plugin.scripts.python.CommandsTrigger"]
    container_image: TemplatedStr | None = Field("python:3.13-slim", description=IMAGE)
