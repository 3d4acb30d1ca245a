"""Run shell commands.

## Example
    id: shell_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - echo one
          - echo two
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_task import IMAGE


class Commands(CommandsTask):
    """Run commands one after another in one shell."""

    type: Literal["io.kestra.plugin.scripts.shell.Commands"]
    container_image: TemplatedStr | None = Field("ubuntu", description=IMAGE)
