"""What every PowerShell task has: its own shell, which stops at errors in its own way."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask


class PowershellTask(ScriptTask):
    """A script task whose commands PowerShell reads."""

    PROGRAM: ClassVar[str] = "pwsh"

    container_image: TemplatedStr | None = Field("ghcr.io/kestra-io/powershell:latest", description=IMAGE)
    interpreter: Templated[tuple[Text, ...]] = Field(
        ("pwsh", "-NoProfile", "-NonInteractive", "-Command"),
        min_length=1,
        description="The program that reads the commands.",
    )

    def strict(self) -> str:
        """The command after which PowerShell stops at the first error, on every system."""
        return "$ErrorActionPreference = 'Stop'"
