"""Run a Python script.

## Example
    id: python_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.python.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          import json
          print("::" + json.dumps({"outputs": {"rows": 42}}) + "::")
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.tasks.scripts.python.environment import PYTHON, PythonTask
from gitops.tasks.scripts.script_file import ScriptFile


class Script(PythonTask, ScriptFile):
    """Run one script with the Python of the machine, or of a virtual environment that `beforeCommands` activate."""

    SUFFIX: ClassVar[str] = ".py"
    RUN: ClassVar[str] = PYTHON
    # Rendered JSON literals are valid Python with these names, as flows rely on.
    BEFORE: ClassVar[str] = "true = True; false = False; null = None\n"

    type: Literal["io.kestra.plugin.scripts.python.Script"]
