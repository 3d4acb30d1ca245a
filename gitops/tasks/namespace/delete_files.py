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

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.language.task import Unavailable


class DeleteFilesOutput(Model):
    """Nothing that Kestra fills in."""

    files: dict[str, str] | None = Field(None, description="The address of each deleted file, by its path.")


class DeleteFiles(Unavailable):
    """Delete files of a namespace."""

    Output: ClassVar[type[BaseModel]] = DeleteFilesOutput

    type: Literal["io.kestra.plugin.core.namespace.DeleteFiles"]
    namespace: TemplatedStr = Field(description="The namespace.")
    files: Templated[Text | tuple[Text, ...]] = Field(description="Paths or patterns of the files: one, or a list.")
    delete_parent_folder: Templated[bool] = Field(False, description="Whether folders that become empty go too.")
