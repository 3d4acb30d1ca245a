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

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from gitops.language.scalars import Templated, Text
from gitops.tasks.scripts.python.environment import PythonTask


class Commands(PythonTask):
    """Run commands one after another in one shell."""

    type: Literal["io.kestra.plugin.scripts.python.Commands"]
    commands: Templated[tuple[Text, ...]] = Field(description="The commands.")

    def commands_in(self, folder: Path) -> Sequence[str]:  # noqa: ARG002 - one signature for all script tasks
        """The commands as they are."""
        return self.commands
