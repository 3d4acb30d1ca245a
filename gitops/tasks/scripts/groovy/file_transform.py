"""Change every row of a file by a script in Groovy.

## Example
    id: groovy_file_transform
    namespace: company.team
    inputs:
      - id: rows
        type: FILE
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.groovy.FileTransform
        from: "{{ inputs.rows }}"
        script: row.total = row.price * row.count
"""

from __future__ import annotations

from typing import Literal

from gitops.tasks.scripts.eval_task import FileTransformTask


class FileTransform(FileTransformTask):
    """Run a script for every row of a file, and keep the rows that it makes."""

    type: Literal["io.kestra.plugin.scripts.groovy.FileTransform"]
