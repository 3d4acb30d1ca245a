"""Keep a text as a file of internal storage.

## Example
    id: note
    namespace: company.team
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.Write
        content: "Started at {{ execution.startDate }}"
        extension: .txt
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr
from gitops.tasks.storage.files import new_file


class WriteOutput(Model):
    """The file that was written."""

    uri: str = Field(description="The address of the file.")


class Write(Runnable):
    """Keep a text as a file of internal storage, in UTF-8."""

    Output: ClassVar[type[BaseModel]] = WriteOutput

    type: Literal["io.kestra.plugin.core.storage.Write"]
    content: TemplatedStr = Field(description="What the file holds.")
    extension: TemplatedStr = Field("", description="The extension of the file with its dot, such as `.txt`.")

    def run(self, context: RunContext) -> WriteOutput:
        """Write the text as it is, without a line end of its own."""
        target = new_file(context, "written", self.extension)
        target.write_bytes(self.content.encode())
        return WriteOutput(uri=context.keep_file(target))
