"""Reverse the order of the lines of a file, last line first.

## Example
    id: newest_first
    namespace: company.team
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.Write
        content: |
          monday
          tuesday
        extension: .txt
      - id: reverse
        type: io.kestra.plugin.core.storage.Reverse
        from: "{{ outputs.write.uri }}"
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr
from gitops.tasks.storage.files import extension, fetch, new_file


class ReverseOutput(Model):
    """The reversed file."""

    uri: str = Field(description="The address of the file.")


class Reverse(Runnable):
    """Reverse the order of the lines of a file."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.Reverse",)
    Output: ClassVar[type[BaseModel]] = ReverseOutput

    type: Literal["io.kestra.plugin.core.storage.Reverse"]
    from_: TemplatedStr = Field(alias="from", description="The address of the file.")
    separator: TemplatedStr = Field("\n", description="What is put after every line.")
    charset: TemplatedStr = Field("UTF-8", description="The character set of the file.")

    def run(self, context: RunContext) -> ReverseOutput:
        """Write the lines from the last one to the first."""
        end = self._separator()
        source = fetch(context, self.from_, property="from")
        target = new_file(context, "reversed", extension(self.from_))
        with target.open("wb") as reversed_:
            for line in _backwards(source):
                reversed_.write(line + end)
        return ReverseOutput(uri=context.keep_file(target))

    def _separator(self) -> bytes:
        """The separator as bytes; lines can be told apart only where a line end is the one byte that it is in ASCII."""
        try:
            if "\n".encode(self.charset) == b"\n":
                return self.separator.encode(self.charset)
        except LookupError:
            pass
        raise TaskFailed(
            f"charset: expected a character set that contains ASCII, such as UTF-8, found `{self.charset}`"
        )


def _backwards(file: Path) -> Iterator[bytes]:
    """The lines without their ends, last one first; the file is mapped and never held in memory."""
    if not file.stat().st_size:
        return
    with file.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = len(data) - data[-1:].count(b"\n")
        while end >= 0:
            start = data.rfind(b"\n", 0, end) + 1
            yield data[start:end].removesuffix(b"\r")
            end = start - 1
