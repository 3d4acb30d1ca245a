"""Run commands with Python at hand.

## Example
    id: python_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.python.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - python main.py
        inputFiles:
          main.py: print('hello')
"""

from __future__ import annotations

from typing import Literal

from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.python.environment import PythonTask


class Commands(PythonTask, CommandsTask):
    """Run commands one after another in one shell."""

    type: Literal["io.kestra.plugin.scripts.python.Commands"]
