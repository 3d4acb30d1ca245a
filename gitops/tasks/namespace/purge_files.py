"""Delete old versions of the files of namespaces.

## Example
    id: purge_versions
    namespace: company.team
    tasks:
      - id: purge
        type: io.kestra.plugin.core.namespace.PurgeFiles
        namespaces:
          - company.team
        filePattern: "reports/*"
        behavior:
          type: version
          keepAmount: 3
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.namespace.meant import refuse_both


class FileVersionPurge(Model):
    """Delete old versions of files; the file stays."""

    type: Literal["version"]
    before: Templated[Instant] | None = Field(None, description="Younger versions stay; the last one always does.")
    keep_amount: Templated[Annotated[int, Field(ge=0)]] | None = Field(
        None, description="How many of the newest versions of each file stay."
    )


class PurgeFilesOutput(Model):
    """How much was deleted."""

    size: int = Field(description="How many versions were deleted.")


class PurgeFiles(Runnable):
    """Delete old versions of the files of one, several or all namespaces."""

    Output: ClassVar[type[BaseModel]] = PurgeFilesOutput

    type: Literal["io.kestra.plugin.core.namespace.PurgeFiles"]
    namespaces: Templated[tuple[Text, ...]] = Field((), description="The namespaces; all when there is none.")
    namespace_pattern: TemplatedStr | None = Field(
        None, description="A pattern of namespaces such as `company.*`, in place of `namespaces`."
    )
    include_child_namespaces: Templated[bool] = Field(True, description="Whether the namespaces below count too.")
    file_pattern: TemplatedStr | None = Field(None, description="A pattern of paths such as `reports/*`.")
    behavior: FileVersionPurge = Field(
        default_factory=lambda: FileVersionPurge(type="version", keep_amount=1),
        description="What is deleted: all versions but the newest by default.",
    )

    def run(self, context: RunContext) -> PurgeFilesOutput:  # noqa: ARG002 - there is nothing to look at
        """Say that nothing was deleted: one version of each file is kept, and the newest one always stays."""
        refuse_both(self)
        return PurgeFilesOutput(size=0)
