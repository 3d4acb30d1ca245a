"""Create an execution when a script in Node.js ends in a certain way.

## Example
    id: node_script_trigger
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "ended with {{ trigger.exitCode }}"
    triggers:
      - id: watch
        type: io.kestra.plugin.scripts.node.ScriptTrigger
        exitCondition: exit 1
        script: "process.exit(1)"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.node.script import Script
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask
from gitops.triggers.scripts.watch import ScriptWatch


class ScriptTrigger(ScriptWatch):
    """Run a script again and again, and fire on a certain end."""

    TASK: ClassVar[type[ScriptTask]] = Script

    type: Literal["io.kestra.plugin.scripts.node.ScriptTrigger"]
    container_image: TemplatedStr | None = Field("node", description=IMAGE)
