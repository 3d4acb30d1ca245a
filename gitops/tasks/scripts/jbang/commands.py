"""Run commands with JBang at hand.

## Example
    id: jbang_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.jbang.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - jbang version
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_task import IMAGE


class Commands(CommandsTask):
    """Run commands one after another in one shell."""

    PROGRAM: ClassVar[str] = "jbang"

    type: Literal["io.kestra.plugin.scripts.jbang.Commands"]
    container_image: TemplatedStr | None = Field("jbangdev/jbang-action", description=IMAGE)
