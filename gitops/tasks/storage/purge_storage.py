"""Delete old files of executions from internal storage.

## Example
    id: purge_storage
    namespace: company.team
    tasks:
      - id: purge
        type: io.kestra.plugin.core.storage.PurgeStorage
        namespace: company.team
        endDate: "{{ now() | dateAdd(-30, 'DAYS') }}"
        dryRun: false
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr


class PurgeStorageOutput(Model):
    """What was found and deleted."""

    scanned_count: int = Field(description="How many executions were looked at.")
    purged_count: int = Field(description="How many executions had files of that time.")
    deleted_files_count: int = Field(description="How many files were deleted; none in a dry run.")


class PurgeStorage(Runnable):
    """Delete the files of executions by the date of their last change."""

    Output: ClassVar[type[BaseModel]] = PurgeStorageOutput

    type: Literal["io.kestra.plugin.core.storage.PurgeStorage"]
    namespace: TemplatedStr | None = Field(
        None, description="The namespace, with those below it; all when there is none."
    )
    flow_id: TemplatedStr | None = Field(None, description="The only flow; needs `namespace`.")
    start_date: Templated[Instant] | None = Field(None, description="Older files stay.")
    end_date: Templated[Instant] = Field(description="Younger files stay.")
    dry_run: Templated[bool] = Field(True, description="Whether files are only counted, not deleted.")

    def run(self, context: RunContext) -> PurgeStorageOutput:
        """Delete the files of ended executions; those of others are left alone."""
        if self.flow_id is not None and self.namespace is None:
            raise TaskFailed("flowId: expected a `namespace` too, found none")
        found = context.services.stored_files.purge(
            namespace=self.namespace,
            flow_id=self.flow_id,
            since=self.start_date,
            until=self.end_date,
            dry_run=self.dry_run,
        )
        return PurgeStorageOutput(
            scanned_count=found.scanned, purged_count=found.purged, deleted_files_count=found.deleted
        )
