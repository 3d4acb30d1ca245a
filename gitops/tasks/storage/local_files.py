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

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.files import FileMap, Globs
from gitops.language.model import Model
from gitops.tasks.scripts.workplace import Workplace


class LocalFilesOutput(Model):
    """The files that were kept."""

    uris: dict[str, str] = Field(description="The address of each kept file, by its path.")


class LocalFiles(Runnable):
    """Write files into the working directory, and keep files of it."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.LocalFiles",)
    DEPRECATED: ClassVar[str | None] = "use `inputFiles` and `outputFiles` of the task that needs the files"
    REMOVED: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = LocalFilesOutput

    type: Literal["io.kestra.plugin.core.storage.LocalFiles"]
    inputs: FileMap | None = Field(None, description="Files to write: name to content, or to a `kestra://` address.")
    outputs: Globs = Field((), description="Patterns of the files that are kept.")

    def run(self, context: RunContext) -> LocalFilesOutput:
        """Write the files, then keep those that are wanted."""
        place = Workplace(Path(context.working_directory), context)
        place.write_inputs(self.inputs)
        return LocalFilesOutput(uris=place.kept(self.outputs))
