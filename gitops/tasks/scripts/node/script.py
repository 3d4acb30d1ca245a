"""Run a script in Node.js.

## Example
    id: node_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.node.Script
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
    """Run one script in Node.js."""

    PROGRAM: ClassVar[str] = "node"
    SUFFIX: ClassVar[str] = ".js"
    RUN: ClassVar[str] = "node"

    type: Literal["io.kestra.plugin.scripts.node.Script"]
    container_image: TemplatedStr | None = Field("node", description=IMAGE)
