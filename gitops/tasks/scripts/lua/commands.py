"""Run commands with Lua at hand.

## Example
    id: lua_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.lua.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - lua -v
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_task import IMAGE


class Commands(CommandsTask):
    """Run commands one after another in one shell."""

    PROGRAM: ClassVar[str] = "lua"

    type: Literal["io.kestra.plugin.scripts.lua.Commands"]
    container_image: TemplatedStr | None = Field("nickblah/lua", description=IMAGE)
