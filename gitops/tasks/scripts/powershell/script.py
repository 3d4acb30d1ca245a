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

from typing import Literal

from gitops.tasks.scripts.powershell.shell import PowershellTask
from gitops.tasks.scripts.script_text import ScriptText


class Script(PowershellTask, ScriptText):
    """Run one script, handed to PowerShell as it is."""

    type: Literal["io.kestra.plugin.scripts.powershell.Script"]
