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

from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Unavailable


class PurgeStorageOutput(Model):
    """What was found and deleted."""

    scanned_count: int = Field(description="How many executions were looked at.")
    purged_count: int = Field(description="How many executions had files of that time.")
    deleted_files_count: int = Field(description="How many files were deleted; none in a dry run.")


class PurgeStorage(Unavailable):
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
