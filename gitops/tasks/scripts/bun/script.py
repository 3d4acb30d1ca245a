"""Run a script in Bun.

## Example
    id: bun_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.bun.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          console.log('hello')
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in Bun."""

    PROGRAM: ClassVar[str] = "bun"
    SUFFIX: ClassVar[str] = ".ts"
    RUN: ClassVar[str] = "bun run"

    type: Literal["io.kestra.plugin.scripts.bun.Script"]
    container_image: TemplatedStr | None = Field("oven/bun", description=IMAGE)
