"""Run commands with Deno at hand.

## Example
    id: deno_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.deno.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - deno --version
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_task import IMAGE


class Commands(CommandsTask):
    """Run commands one after another in one shell."""

    PROGRAM: ClassVar[str] = "deno"

    type: Literal["io.kestra.plugin.scripts.deno.Commands"]
    container_image: TemplatedStr | None = Field("denoland/deno", description=IMAGE)
