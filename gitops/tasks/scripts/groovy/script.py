"""Run a script in Groovy.

## Example
    id: groovy_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.groovy.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          println 'hello'
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in Groovy."""

    PROGRAM: ClassVar[str] = "groovy"
    SUFFIX: ClassVar[str] = ".groovy"
    RUN: ClassVar[str] = "groovy"

    type: Literal["io.kestra.plugin.scripts.groovy.Script"]
    container_image: TemplatedStr | None = Field("groovy", description=IMAGE)
