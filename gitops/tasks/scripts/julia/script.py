"""Run a script in Julia.

## Example
    id: julia_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.julia.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          println("hello")
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in Julia."""

    PROGRAM: ClassVar[str] = "julia"
    SUFFIX: ClassVar[str] = ".jl"
    RUN: ClassVar[str] = "julia"

    type: Literal["io.kestra.plugin.scripts.julia.Script"]
    container_image: TemplatedStr | None = Field("julia", description=IMAGE)
