"""Put files into a namespace, where other flows find them.

## Example
    id: publish_report
    namespace: company.team
    tasks:
      - id: report
        type: io.kestra.plugin.core.storage.Write
        content: "all is well"
        extension: .txt
      - id: upload
        type: io.kestra.plugin.core.namespace.UploadFiles
        namespace: "{{ flow.namespace }}"
        filesMap:
          report.txt: "{{ outputs.report.uri }}"
        destination: /reports/
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.files import FileMap, Globs
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.tasks.scripts.workplace import Workplace


class UploadFilesOutput(Model):
    """Nothing that Kestra fills in."""

    files: dict[str, str] | None = Field(None, description="The address of each file, by its path.")


class UploadFiles(Runnable):
    """Put files of the working directory, or of internal storage, into a namespace."""

    Output: ClassVar[type[BaseModel]] = UploadFilesOutput

    type: Literal["io.kestra.plugin.core.namespace.UploadFiles"]
    namespace: TemplatedStr = Field(description="The namespace.")
    files: Globs = Field((), description="Patterns of files of the working directory.")
    files_map: FileMap | None = Field(None, description="Paths in the namespace to `kestra://` addresses.")
    destination: TemplatedStr = Field("/", description="The folder of the namespace to put the files in.")
    conflict: Templated[Literal["OVERWRITE", "ERROR", "SKIP"]] = Field(
        "OVERWRITE", description="What happens when the file is already there."
    )

    def run(self, context: RunContext) -> UploadFilesOutput:
        """Put each file where it belongs; nothing is put when `ERROR` meets a file that is there."""
        place = Workplace(Path(context.working_directory), context)
        sources = {**place.matching(self.files), **place.fetched(self.files_map)}
        files = context.services.namespace_files
        there = frozenset(files.paths(self.namespace))
        targets = {self._path(name): source for name, source in sources.items()}
        self._refuse_conflicts(there & targets.keys())
        wanted = [path for path in targets if path not in there or self.conflict != "SKIP"]
        for path in wanted:
            files.keep(self.namespace, path, targets[path])
        context.measure("counter", "uploaded", len(wanted), {})
        return UploadFilesOutput()

    def _path(self, name: str) -> str:
        return "/".join(part for part in (self.destination.strip("/"), name.strip("/")) if part)

    def _refuse_conflicts(self, conflicts: Collection[str]) -> None:
        if conflicts and self.conflict == "ERROR":
            raise TaskFailed(f"the namespace {self.namespace} has the file `{min(conflicts)}` already")
