"""Run a script in Ruby.

## Example
    id: ruby_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.ruby.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          puts 'hello'
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in Ruby."""

    PROGRAM: ClassVar[str] = "ruby"
    SUFFIX: ClassVar[str] = ".rb"
    RUN: ClassVar[str] = "ruby"

    type: Literal["io.kestra.plugin.scripts.ruby.Script"]
    container_image: TemplatedStr | None = Field("ruby", description=IMAGE)
