"""The working directory of a script: files that go in, addresses that become files, files that come out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext

_STORED = "kestra://"
_ADDRESS = re.compile(r"kestra:///[^\s'\"`;|&<>()\\]+")
_FETCHED = ".fetched"
"""The folder of the files whose addresses stood in a command."""


@dataclass(slots=True)
class Workplace:
    """A folder, and the attempt that it belongs to."""

    folder: Path
    context: RunContext
    _fetched: dict[str, Path] = field(default_factory=dict)

    def write_inputs(self, files: Mapping[str, str | None] | str | None) -> None:
        """Make the files of `inputFiles`; raises TaskFailed for a name that leads out of the folder."""
        for name, content in _named(files):
            target = self._inside(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if content.startswith(_STORED):
                self.context.fetch_file(content, target)
            else:
                target.write_text(content)

    def local(self, text: str) -> str:
        """The text with every address of internal storage replaced by the path of a copy."""
        return _ADDRESS.sub(lambda match: str(self._copy(match[0])), text)

    def kept(self, patterns: Iterable[str]) -> dict[str, str]:
        """Keep the files that the patterns match; the address of each by its path."""
        found = sorted({path for pattern in patterns for path in self._matching(pattern)})
        return {path.relative_to(self.folder).as_posix(): self.context.keep_file(path) for path in found}

    def _copy(self, address: str) -> Path:
        if address not in self._fetched:
            target = self.folder / _FETCHED / str(len(self._fetched)) / PurePosixPath(address).name
            target.parent.mkdir(parents=True)
            self.context.fetch_file(address, target)
            self._fetched[address] = target
        return self._fetched[address]

    def _matching(self, pattern: str) -> Iterator[Path]:
        top = self.folder.resolve()
        if pattern.startswith("regex:"):
            form = re.compile(pattern.removeprefix("regex:"))
            paths = [
                path for path in self.folder.rglob("*") if form.fullmatch(path.relative_to(self.folder).as_posix())
            ]
        else:
            paths = list(self.folder.glob(pattern.removeprefix("glob:").lstrip("/")))
        yield from (path for path in paths if path.is_file() and path.resolve().is_relative_to(top))

    def _inside(self, name: str) -> Path:
        target = (self.folder / name).resolve()
        if not target.is_relative_to(self.folder.resolve()):
            raise TaskFailed(f"inputFiles: expected a path inside the working directory, found `{name}`")
        return target


def _named(files: Mapping[str, str | None] | str | None) -> Iterator[tuple[str, str]]:
    """Names and contents: from a map without those that have none, or from a JSON text, where none is an empty file."""
    if not isinstance(files, str):
        yield from ((name, content) for name, content in (files or {}).items() if content is not None)
        return
    try:
        read = json.loads(files)
    except ValueError as error:
        raise TaskFailed(f"inputFiles: expected a map or its JSON: {error}") from None
    if not isinstance(read, dict):
        raise TaskFailed("inputFiles: expected a map or its JSON, found something else")
    yield from ((name, "" if content is None else str(content)) for name, content in read.items())
