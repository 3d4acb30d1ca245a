"""Change every row of a file by a script in JavaScript on the Java machine.

## Example
    id: nashorn_file_transform
    namespace: company.team
    inputs:
      - id: rows
        type: FILE
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.nashorn.FileTransform
        from: "{{ inputs.rows }}"
        script: row.total = 1
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.tasks.scripts.eval_task import FileTransformTask


class FileTransform(FileTransformTask):
    """Run a script for every row of a file, and keep the rows that it makes."""

    DEPRECATED: ClassVar[str | None] = "use the node types"

    type: Literal["io.kestra.plugin.scripts.nashorn.FileTransform"]
