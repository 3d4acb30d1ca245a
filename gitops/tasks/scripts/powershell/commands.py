"""Run PowerShell commands.

## Example
    id: powershell_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.powershell.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - Write-Output 'hello'
"""

from __future__ import annotations

from typing import Literal

from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.powershell.shell import PowershellTask


class Commands(PowershellTask, CommandsTask):
    """Run commands one after another in one PowerShell."""

    type: Literal["io.kestra.plugin.scripts.powershell.Commands"]
