"""Run a PowerShell script.

## Example
    id: powershell_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.powershell.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: Write-Output 'hello'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.powershell.shell import PowershellTask
from gitops.tasks.scripts.workplace import Workplace


class Script(PowershellTask):
    """Run one script, handed to PowerShell as it is."""

    type: Literal["io.kestra.plugin.scripts.powershell.Script"]
    script: TemplatedStr = Field(description="The script.")

    def commands_in(self, place: Workplace) -> Sequence[str]:
        """The script itself."""
        return (place.local(self.script),)
