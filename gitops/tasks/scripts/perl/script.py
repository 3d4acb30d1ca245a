r"""Run a script in Perl.

## Example
    id: perl_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.perl.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          print "hello\\n";
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in Perl."""

    PROGRAM: ClassVar[str] = "perl"
    SUFFIX: ClassVar[str] = ".pl"
    RUN: ClassVar[str] = "perl"

    type: Literal["io.kestra.plugin.scripts.perl.Script"]
    container_image: TemplatedStr | None = Field("perl", description=IMAGE)
