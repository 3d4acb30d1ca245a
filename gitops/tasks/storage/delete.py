"""Delete a file of internal storage.

## Example
    id: tidy
    namespace: company.team
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.Write
        content: "for a moment"
      - id: delete
        type: io.kestra.plugin.core.storage.Delete
        uri: "{{ outputs.write.uri }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr


class DeleteOutput(Model):
    """What became of the file."""

    uri: str = Field(description="The address of the file.")
    deleted: bool = Field(description="Whether there was a file to delete.")


class Delete(Runnable):
    """Delete a file of internal storage."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.Delete",)
    Output: ClassVar[type[BaseModel]] = DeleteOutput

    type: Literal["io.kestra.plugin.core.storage.Delete"]
    uri: TemplatedStr = Field(description="The address of the file.")
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing file is a failure.")

    def run(self, context: RunContext) -> DeleteOutput:
        """Delete the file; one that is missing is a failure only when it must be there."""
        deleted = context.services.stored_files.delete(self.uri)
        if not deleted and self.error_on_missing:
            raise TaskFailed(f"uri: expected a file of internal storage, found none at `{self.uri}`")
        return DeleteOutput(uri=self.uri, deleted=deleted)
