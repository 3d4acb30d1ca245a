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

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.python.environment import PythonTask

# Rendered JSON literals are valid Python with these names, as flows rely on.
_LITERALS = "true = True; false = False; null = None\n"
_FILE = "script.py"
# The first `python` of the PATH, which is that of an activated virtual environment; Debian only has `python3`.
_PYTHON = '"$(command -v python || echo python3)"'


class Script(PythonTask):
    """Run one script with the Python of the machine, or of a virtual environment that `beforeCommands` activate."""

    type: Literal["io.kestra.plugin.scripts.python.Script"]
    script: TemplatedStr = Field(description="The script.")

    def commands_in(self, folder: Path) -> Sequence[str]:
        """Write the script to a file and run it."""
        file = folder / _FILE
        file.write_text(_LITERALS + self.script)
        return (f"{_PYTHON} {shlex.quote(str(file))}",)
