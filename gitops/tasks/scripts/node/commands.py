"""Run commands with Node.js at hand.

## Example
    id: node_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.node.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - node --version
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_task import IMAGE


class Commands(CommandsTask):
    """Run commands one after another in one shell."""

    PROGRAM: ClassVar[str] = "node"

    type: Literal["io.kestra.plugin.scripts.node.Commands"]
    container_image: TemplatedStr | None = Field("node", description=IMAGE)
