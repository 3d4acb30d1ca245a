r"""Run a shell script.

## Example
    id: shell_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.shell.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          rows=42
          echo "::{\"outputs\":{\"rows\":$rows}}::"
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_task import IMAGE
from gitops.tasks.scripts.script_text import ScriptText


class Script(ScriptText):
    """Run one script, handed to the interpreter as it is."""

    type: Literal["io.kestra.plugin.scripts.shell.Script"]
    container_image: TemplatedStr | None = Field("ubuntu", description=IMAGE)
