"""The working directory of a script: files that go in, addresses that become files, files that come out."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext
from gitops.tasks.scripts.path_pattern import PathPattern

_STORED = "kestra://"
_ELSEWHERE = ("nsfile://", "file://")
_LEADING_OUT = ("./", "..", "/")
_ADDRESS = re.compile(r"kestra:///[^\s'\"`;|&<>()\\]+")
_OWN = ".gitops"


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
            if content.startswith(_ELSEWHERE):
                raise TaskFailed(f"inputFiles: expected a content or a `{_STORED}` address, found `{content}`")
            if content.startswith(_STORED):
                self.context.fetch_file(content, target)
            else:
                target.write_text(content)

    def new_file(self, suffix: str) -> Path:
        """A path for the script itself that no other file has."""
        return _free(self.folder / f"script{number or ''}{suffix}" for number in count())

    def own(self, name: str) -> Path:
        """A path for what the task needs beside the script, and what no pattern finds."""
        return self.folder / _OWN / name

    def local(self, text: str) -> str:
        """The text with every address of internal storage replaced by the path of a copy."""
        return _ADDRESS.sub(lambda match: str(self._copy(match[0])), text)

    def kept(self, patterns: Iterable[str]) -> dict[str, str]:
        """Keep the files that the patterns match; the address of each by its path."""
        forms = [PathPattern.read(pattern) for pattern in patterns]
        found = sorted(path for path in self._files() if any(form.fits(path, self.folder) for form in forms))
        return {path.relative_to(self.folder).as_posix(): self.context.keep_file(path) for path in found}

    def _copy(self, address: str) -> Path:
        if address not in self._fetched:
            target = _free(self.own(f"fetched/{number}") for number in count()) / PurePosixPath(address).name
            target.parent.mkdir(parents=True)
            self.context.fetch_file(address, target)
            self._fetched[address] = target
        return self._fetched[address]

    def _files(self) -> Iterator[Path]:
        """The files of the folder; a link that leads out of it is none."""
        top = self.folder.resolve()
        for parent, folders, names in os.walk(self.folder):
            if Path(parent) == self.folder and _OWN in folders:
                folders.remove(_OWN)
            paths = [Path(parent, name) for name in names]
            yield from (path for path in paths if path.is_file() and path.resolve().is_relative_to(top))

    def _inside(self, name: str) -> Path:
        top = self.folder.resolve()
        target = (self.folder / name).resolve()
        if name.startswith(_LEADING_OUT) or target == top or not target.is_relative_to(top):
            raise TaskFailed(f"inputFiles: expected a path inside the working directory, found `{name}`")
        return target


def _free(paths: Iterable[Path]) -> Path:
    return next(path for path in paths if not path.exists())


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
    yield from ((name, _content(value)) for name, value in read.items())


def _content(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
