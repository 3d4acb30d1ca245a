"""Write files into the working directory, and keep files of it.

## Example
    id: hand_over
    namespace: company.team
    tasks:
      - id: files
        type: io.kestra.plugin.core.storage.LocalFiles
        inputs:
          hello.txt: "Hello {{ flow.id }}"
        outputs:
          - hello.txt
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.files import FileMap, Globs
from gitops.language.model import Model
from gitops.language.task import Unavailable


class LocalFilesOutput(Model):
    """The files that were kept."""

    uris: dict[str, str] = Field(description="The address of each kept file, by its path.")


class LocalFiles(Unavailable):
    """Write files into the working directory, and keep files of it."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.LocalFiles",)
    DEPRECATED: ClassVar[str | None] = "use `inputFiles` and `outputFiles` of the task that needs the files"
    REMOVED: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = LocalFilesOutput

    type: Literal["io.kestra.plugin.core.storage.LocalFiles"]
    inputs: FileMap | None = Field(None, description="Files to write: name to content, or to a `kestra://` address.")
    outputs: Globs = Field((), description="Patterns of the files that are kept.")
