"""Run a script in C#.

## Example
    id: dotnet_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.dotnet.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          Console.WriteLine("hello");
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE
from gitops.tasks.scripts.workplace import Workplace


class Script(ScriptFile):
    """Run one script in C#, which may name its packages by `#r "nuget: …"`."""

    PROGRAM: ClassVar[str] = "dotnet"
    SUFFIX: ClassVar[str] = ".csx"
    RUN: ClassVar[str] = "dotnet-script"

    type: Literal["io.kestra.plugin.scripts.dotnet.Script"]
    container_image: TemplatedStr | None = Field("mcr.microsoft.com/dotnet/sdk:10.0", description=IMAGE)

    def preparation(self, place: Workplace) -> Sequence[str]:  # noqa: ARG002 - one signature for all script tasks
        """Install the program that runs scripts where there is none: it is not part of the SDK."""
        return (
            'export PATH="$PATH:$HOME/.dotnet/tools"',
            "command -v dotnet-script > /dev/null || dotnet tool install --global dotnet-script",
        )
