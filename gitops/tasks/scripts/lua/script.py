"""Run a script in Lua.

## Example
    id: lua_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.lua.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          print('hello')
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in Lua."""

    PROGRAM: ClassVar[str] = "lua"
    SUFFIX: ClassVar[str] = ".lua"
    RUN: ClassVar[str] = "lua"

    type: Literal["io.kestra.plugin.scripts.lua.Script"]
    container_image: TemplatedStr | None = Field("nickblah/lua", description=IMAGE)
