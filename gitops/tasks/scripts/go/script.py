"""Run a script in Go.

## Example
    id: go_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.go.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          package main

          import "fmt"

          func main() {
              fmt.Println("hello")
          }
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in Go."""

    PROGRAM: ClassVar[str] = "go"
    SUFFIX: ClassVar[str] = ".go"
    RUN: ClassVar[str] = "go run"

    type: Literal["io.kestra.plugin.scripts.go.Script"]
    container_image: TemplatedStr | None = Field("golang", description=IMAGE)
