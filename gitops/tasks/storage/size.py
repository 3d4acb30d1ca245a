"""Tell the size of a file of internal storage.

## Example
    id: measure
    namespace: company.team
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.Write
        content: "a line"
      - id: size
        type: io.kestra.plugin.core.storage.Size
        uri: "{{ outputs.write.uri }}"
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ outputs.size.size }} bytes"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr
from gitops.tasks.storage.files import fetch


class SizeOutput(Model):
    """The size of the file."""

    size: int = Field(description="The size in bytes.")


class Size(Runnable):
    """Tell the size of a file of internal storage."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.Size",)
    Output: ClassVar[type[BaseModel]] = SizeOutput

    type: Literal["io.kestra.plugin.core.storage.Size"]
    uri: TemplatedStr = Field(description="The address of the file.")

    def run(self, context: RunContext) -> SizeOutput:
        """Fetch the file and measure it."""
        return SizeOutput(size=fetch(context, self.uri, property="uri").stat().st_size)
