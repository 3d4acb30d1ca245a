"""Run a script in PHP.

## Example
    id: php_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.php.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          <?php echo 'hello';
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in PHP."""

    PROGRAM: ClassVar[str] = "php"
    SUFFIX: ClassVar[str] = ".php"
    RUN: ClassVar[str] = "php"

    type: Literal["io.kestra.plugin.scripts.php.Script"]
    container_image: TemplatedStr | None = Field("php", description=IMAGE)
