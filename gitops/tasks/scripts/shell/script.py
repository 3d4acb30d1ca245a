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

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_task import ScriptTask


class Script(ScriptTask):
    """Run one script, handed to the interpreter as it is."""

    type: Literal["io.kestra.plugin.scripts.shell.Script"]
    script: TemplatedStr = Field(description="The script.")

    def commands_in(self, folder: Path) -> Sequence[str]:  # noqa: ARG002 - one signature for all script tasks
        """The script itself."""
        return (self.script,)
