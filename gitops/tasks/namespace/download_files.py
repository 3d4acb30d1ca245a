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

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.language.task import Unavailable


class DownloadFilesOutput(Model):
    """The files that were taken."""

    files: dict[str, str] = Field(description="The address of each file, by its path in the namespace.")


class DownloadFiles(Unavailable):
    """Take files out of a namespace into internal storage."""

    Output: ClassVar[type[BaseModel]] = DownloadFilesOutput

    type: Literal["io.kestra.plugin.core.namespace.DownloadFiles"]
    namespace: TemplatedStr = Field(description="The namespace.")
    files: Templated[Text | tuple[Text, ...]] = Field(description="Paths or patterns of the files: one, or a list.")
    destination: TemplatedStr = Field("", description="What is put in front of the names of the kept files.")
