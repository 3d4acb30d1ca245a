"""Split a file by its lines into several: by size, by number of lines, into partitions, or by what lines hold.

## Example
    id: portions
    namespace: company.team
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.Write
        content: |
          Ada
          Grace
          Barbara
        extension: .txt
      - id: split
        type: io.kestra.plugin.core.storage.Split
        from: "{{ outputs.write.uri }}"
        rows: 2
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, BinaryIO, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.size import Size
from gitops.tasks.storage.files import extension, fetch, new_file, rows

_MOST_OPEN_FILES = 200
Dealt = Iterable[tuple[Hashable, bytes]]
Count = Annotated[int, Field(ge=1)]


class SplitOutput(Model):
    """The parts of the file."""

    uris: list[str] = Field(description="The addresses of the parts, in the order of their first lines.")


class Split(Runnable):
    """Split a file by its lines; exactly one of `bytes`, `partitions`, `rows` and `regexPattern` says how."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.Split",)
    Output: ClassVar[type[BaseModel]] = SplitOutput

    type: Literal["io.kestra.plugin.core.storage.Split"]
    from_: TemplatedStr = Field(alias="from", description="The address of the file.")
    bytes: Templated[Size] | None = Field(None, description="A part is full when it has this size, such as `10MB`.")
    partitions: Templated[Count] | None = Field(None, description="Deal the lines in turn into this many parts.")
    rows: Templated[Count] | None = Field(None, description="A part is full when it has this many lines.")
    regex_pattern: TemplatedStr | None = Field(
        None, description="A part for each text that the first group finds in a line; lines without it are left out."
    )
    separator: TemplatedStr = Field("\n", description="What is put after every line.")

    def run(self, context: RunContext) -> SplitOutput:
        """Deal the lines into files; a part without lines is never made."""
        source = fetch(context, self.from_, property="from")
        end = self.separator.encode()
        parts = _Parts(context, extension(self.from_) or ".tmp")
        try:
            for part, row in self._dealt(row + end for row in rows(source)):
                parts.file(part).write(row)
        finally:
            parts.close()
        return SplitOutput(uris=[context.keep_file(file) for file in parts.files.values()])

    def _dealt(self, lines: Iterable[_Bytes]) -> Dealt:
        """Each line with the part that it belongs to."""
        if self.regex_pattern is not None:
            return _by_pattern(lines, self.regex_pattern)
        if self.bytes is not None:
            return _by_size(lines, self.bytes)
        if self.partitions is not None:
            count = self.partitions
            return ((number % count, line) for number, line in enumerate(lines))
        if self.rows is not None:
            most = self.rows
            return ((number // most, line) for number, line in enumerate(lines))
        raise TaskFailed("expected one of `bytes`, `partitions`, `rows` and `regexPattern`, found none")


# A class body that has a field `bytes` cannot name the built-in.
_Bytes = bytes


class _Parts:
    """The files that lines are dealt into; only some are open at a time, because there may be very many."""

    def __init__(self, context: RunContext, extension: str) -> None:
        self.files: dict[Hashable, Path] = {}
        self._open: dict[Hashable, BinaryIO] = {}
        self._context = context
        self._extension = extension

    def file(self, part: Hashable) -> BinaryIO:
        if part not in self._open:
            if len(self._open) >= _MOST_OPEN_FILES:
                self.close()
            if part not in self.files:
                self.files[part] = new_file(self._context, f"part-{len(self.files)}", self._extension)
            self._open[part] = self.files[part].open("ab")
        return self._open[part]

    def close(self) -> None:
        for file in self._open.values():
            file.close()
        self._open.clear()


def _by_size(lines: Iterable[bytes], most: int) -> Iterator[tuple[Hashable, bytes]]:
    part = size = 0
    for line in lines:
        if size and size >= most:
            part, size = part + 1, 0
        size += len(line)
        yield part, line


def _by_pattern(lines: Iterable[bytes], text: str) -> Iterator[tuple[Hashable, bytes]]:
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise TaskFailed(f"regexPattern: expected a regular expression, found `{text}`: {error}") from None
    if not pattern.groups:
        raise TaskFailed(f"regexPattern: expected a group such as `id=(.*)`, found none in `{text}`")
    for line in lines:
        found = pattern.search(line.decode(errors="replace"))
        if found:
            yield found[1], line
