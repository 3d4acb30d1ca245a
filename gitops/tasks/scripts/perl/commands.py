"""Run commands with Perl at hand.

## Example
    id: perl_commands
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.perl.Commands
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        commands:
          - perl --version
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.commands_task import CommandsTask
from gitops.tasks.scripts.script_task import IMAGE


class Commands(CommandsTask):
    """Run commands one after another in one shell."""

    PROGRAM: ClassVar[str] = "perl"

    type: Literal["io.kestra.plugin.scripts.perl.Commands"]
    container_image: TemplatedStr | None = Field("perl", description=IMAGE)
