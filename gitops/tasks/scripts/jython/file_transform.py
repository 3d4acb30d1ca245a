"""Change every row of a file by a script in Python 2 on the Java machine.

## Example
    id: jython_file_transform
    namespace: company.team
    inputs:
      - id: rows
        type: FILE
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.jython.FileTransform
        from: "{{ inputs.rows }}"
        script: row['total'] = 1
"""

from __future__ import annotations

from typing import Literal

from gitops.tasks.scripts.eval_task import FileTransformTask


class FileTransform(FileTransformTask):
    """Run a script for every row of a file, and keep the rows that it makes."""

    type: Literal["io.kestra.plugin.scripts.jython.FileTransform"]
