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

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.files import FileMap, Globs
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Unavailable


class UploadFilesOutput(Model):
    """Nothing that Kestra fills in."""

    files: dict[str, str] | None = Field(None, description="The address of each file, by its path.")


class UploadFiles(Unavailable):
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
