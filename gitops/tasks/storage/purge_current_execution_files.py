"""Delete the files that the execution has put into internal storage.

## Example
    id: leave_nothing
    namespace: company.team
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.Write
        content: "for a moment"
      - id: purge
        type: io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model


class PurgeCurrentExecutionFilesOutput(Model):
    """The files that were deleted."""

    uris: list[str] = Field(description="The addresses of the deleted files.")


class PurgeCurrentExecutionFiles(Runnable):
    """Delete the files that the execution has put into internal storage."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.tasks.storages.PurgeExecution",
        "io.kestra.plugin.core.storage.PurgeExecution",
    )
    Output: ClassVar[type[BaseModel]] = PurgeCurrentExecutionFilesOutput

    type: Literal["io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles"]

    def run(self, context: RunContext) -> PurgeCurrentExecutionFilesOutput:
        """Delete them all; what other tasks of the execution hand out leads nowhere then."""
        return PurgeCurrentExecutionFilesOutput(uris=list(context.services.stored_files.delete_own()))
