"""Delete files of a namespace.

## Example
    id: drop_reports
    namespace: company.team
    tasks:
      - id: drop
        type: io.kestra.plugin.core.namespace.DeleteFiles
        namespace: company.team
        files:
          - "reports/*.txt"
        deleteParentFolder: true
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.namespace.choice import chosen


class DeleteFilesOutput(Model):
    """Nothing that Kestra fills in."""

    files: dict[str, str] | None = Field(None, description="The address of each deleted file, by its path.")


class DeleteFiles(Runnable):
    """Delete files of a namespace."""

    Output: ClassVar[type[BaseModel]] = DeleteFilesOutput

    type: Literal["io.kestra.plugin.core.namespace.DeleteFiles"]
    namespace: TemplatedStr = Field(description="The namespace.")
    files: Templated[Text | tuple[Text, ...]] = Field(description="Paths or patterns of the files: one, or a list.")
    delete_parent_folder: Templated[bool] = Field(False, description="Whether folders that become empty go too.")

    def run(self, context: RunContext) -> DeleteFilesOutput:
        """Delete the files; internal storage has no empty folders, so parents go with their last file."""
        files = context.services.namespace_files
        deleted = sum(files.delete(self.namespace, path) for path in chosen(files, self.namespace, self.files))
        context.measure("counter", "deleted", deleted, {})
        return DeleteFilesOutput()
