"""Run a script in Deno.

## Example
    id: deno_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.deno.Script
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
    """Run one script in Deno."""

    PROGRAM: ClassVar[str] = "deno"
    SUFFIX: ClassVar[str] = ".ts"
    RUN: ClassVar[str] = "deno run"

    type: Literal["io.kestra.plugin.scripts.deno.Script"]
    container_image: TemplatedStr | None = Field("denoland/deno", description=IMAGE)
