"""Run commands with C# at hand.

## Example
    id: dotnet_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.dotnet.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - dotnet --version
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_task import IMAGE


class Commands(CommandsTask):
    """Run commands one after another in one shell."""

    PROGRAM: ClassVar[str] = "dotnet"

    type: Literal["io.kestra.plugin.scripts.dotnet.Commands"]
    container_image: TemplatedStr | None = Field("mcr.microsoft.com/dotnet/sdk:10.0", description=IMAGE)
