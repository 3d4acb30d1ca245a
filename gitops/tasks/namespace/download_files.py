"""Take files out of a namespace into internal storage.

## Example
    id: take_reports
    namespace: company.team
    tasks:
      - id: reports
        type: io.kestra.plugin.core.namespace.DownloadFiles
        namespace: company.team
        files:
          - "reports/*.txt"
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.namespace.choice import chosen


class DownloadFilesOutput(Model):
    """The files that were taken."""

    files: dict[str, str] = Field(description="The address of each file, by its path in the namespace.")


class DownloadFiles(Runnable):
    """Take files out of a namespace into internal storage."""

    Output: ClassVar[type[BaseModel]] = DownloadFilesOutput

    type: Literal["io.kestra.plugin.core.namespace.DownloadFiles"]
    namespace: TemplatedStr = Field(description="The namespace.")
    files: Templated[Text | tuple[Text, ...]] = Field(description="Paths or patterns of the files: one, or a list.")
    destination: TemplatedStr = Field("", description="What is put in front of the names of the kept files.")

    def run(self, context: RunContext) -> DownloadFilesOutput:
        """Keep a copy of each file; a path is told with a slash in front, as Kestra does."""
        files = context.services.namespace_files
        folder = Path(context.working_directory)
        found: dict[str, str] = {}
        for path in chosen(files, self.namespace, self.files):
            target = folder / self.destination.strip("/") / path
            target.parent.mkdir(parents=True, exist_ok=True)
            files.fetch(self.namespace, path, target)
            found[f"/{path}"] = context.keep_file(target)
        context.measure("counter", "downloaded", len(found), {})
        return DownloadFilesOutput(files=found)
