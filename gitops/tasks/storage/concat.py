r"""Join files of internal storage, one after the other.

## Example
    id: join
    namespace: company.team
    tasks:
      - id: head
        type: io.kestra.plugin.core.storage.Write
        content: "name,age"
      - id: line
        type: io.kestra.plugin.core.storage.Write
        content: "Ada,36"
      - id: all
        type: io.kestra.plugin.core.storage.Concat
        files:
          - "{{ outputs.head.uri }}"
          - "{{ outputs.line.uri }}"
        separator: "\n"
        extension: .csv
"""

from __future__ import annotations

import json
import shutil
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field, WithJsonSchema

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.storage.files import fetch, new_file

Addresses = Templated[
    Annotated[
        tuple[Text, ...] | str,
        WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}}),
    ]
]


class ConcatOutput(Model):
    """The joined file."""

    uri: str = Field(description="The address of the file.")


class Concat(Runnable):
    """Join files of internal storage into a new one."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.Concat",)
    Output: ClassVar[type[BaseModel]] = ConcatOutput

    type: Literal["io.kestra.plugin.core.storage.Concat"]
    files: Addresses = Field(description="The addresses of the files in order, or a JSON text that lists them.")
    separator: TemplatedStr = Field("", description="What is put after every file, the last one too.")
    extension: TemplatedStr = Field(".tmp", description="The extension of the new file, with its dot.")

    def run(self, context: RunContext) -> ConcatOutput:
        """Copy one file after the other, each followed by the separator."""
        target = new_file(context, "joined", self.extension)
        with target.open("wb") as joined:
            for uri in self._addresses():
                source = fetch(context, uri, property="files")
                with source.open("rb") as file:
                    shutil.copyfileobj(file, joined)
                joined.write(self.separator.encode())
                source.unlink()
        return ConcatOutput(uri=context.keep_file(target))

    def _addresses(self) -> tuple[str, ...]:
        if isinstance(self.files, tuple):
            return self.files
        try:
            listed = json.loads(self.files)
        except ValueError:
            listed = None
        if not isinstance(listed, list) or not all(isinstance(uri, str) for uri in listed):
            raise TaskFailed(f"files: expected a list of addresses or a JSON text that is one, found `{self.files}`")
        return tuple(listed)
