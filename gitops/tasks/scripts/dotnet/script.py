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

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in C#."""

    PROGRAM: ClassVar[str] = "dotnet"
    SUFFIX: ClassVar[str] = ".cs"
    RUN: ClassVar[str] = "dotnet run"

    type: Literal["io.kestra.plugin.scripts.dotnet.Script"]
    container_image: TemplatedStr | None = Field("mcr.microsoft.com/dotnet/sdk:10.0", description=IMAGE)
