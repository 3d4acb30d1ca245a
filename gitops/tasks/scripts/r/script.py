"""Run a script in R.

## Example
    id: r_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.r.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          cat('hello')
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in R."""

    PROGRAM: ClassVar[str] = "Rscript"
    SUFFIX: ClassVar[str] = ".R"
    RUN: ClassVar[str] = "Rscript"

    type: Literal["io.kestra.plugin.scripts.r.Script"]
    container_image: TemplatedStr | None = Field("r-base", description=IMAGE)
