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
from gitops.language.files import NamespaceFiles
from gitops.language.scalars import Level
from gitops.tasks.scripts.path_pattern import PathPattern

_STORED = "kestra://"
_OF_NAMESPACE = "nsfile://"
_ELSEWHERE = "file://"
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
            if content.startswith(_OF_NAMESPACE):
                self.context.services.namespace_files.fetch(*self._address(content), target)
            elif content.startswith(_STORED):
                self.context.fetch_file(content, target)
            else:
                target.write_text(content)

    def write_namespace_files(self, wanted: NamespaceFiles | None) -> None:
        """Put files of namespaces here; those of a later namespace win. Raises TaskFailed for `ifExists: FAIL`."""
        if wanted is None or not wanted.enabled:
            return
        include = [PathPattern.read(pattern) for pattern in wanted.include]
        exclude = [PathPattern.read(pattern) for pattern in wanted.exclude]
        for namespace in wanted.namespaces:
            for path in self.context.services.namespace_files.paths(namespace):
                if (not include or _fits(include, path)) and not _fits(exclude, path):
                    self._write_namespace_file(namespace, path, wanted)

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
        return {name: self.context.keep_file(path) for name, path in self.matching(patterns).items()}

    def matching(self, patterns: Iterable[str]) -> dict[str, Path]:
        """The files that the patterns match, by their path inside the folder."""
        forms = [PathPattern.read(pattern) for pattern in patterns]
        found = sorted(path for path in self._files() if any(form.fits(path, self.folder) for form in forms))
        return {path.relative_to(self.folder).as_posix(): path for path in found}

    def fetched(self, files: Mapping[str, str | None] | str | None) -> dict[str, Path]:
        """Copies of files of internal storage, by the names that are given; raises TaskFailed for another address."""
        found = {}
        for name, address in _named(files, property="filesMap"):
            if not address.startswith(_STORED):
                raise TaskFailed(f"filesMap: expected an address that starts with `{_STORED}`, found `{address}`")
            found[name] = self._copy(address)
        return found

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

    def _write_namespace_file(self, namespace: str, path: str, wanted: NamespaceFiles) -> None:
        target = self._inside(f"{namespace}/{path}" if wanted.folder_per_namespace else path)
        if target.exists() and wanted.if_exists != "OVERWRITE":
            words = f"namespaceFiles: the file `{path}` is there already"
            if wanted.if_exists == "FAIL":
                raise TaskFailed(words)
            if wanted.if_exists == "WARN":
                self.context.log(Level.WARN, f"{words}; that of {namespace} is left out")
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        self.context.services.namespace_files.fetch(namespace, path, target)

    def _address(self, text: str) -> tuple[str, str]:
        """The namespace, the flow's own by default, and the path that a `nsfile://` address means."""
        namespace, _, path = text.removeprefix(_OF_NAMESPACE).partition("/")
        flow = self.context.variables["flow"]
        assert isinstance(flow, Mapping)  # noqa: S101 - it always is
        return namespace or str(flow["namespace"]), path

    def _inside(self, name: str) -> Path:
        top = self.folder.resolve()
        target = (self.folder / name).resolve()
        if name.startswith(_LEADING_OUT) or target == top or not target.is_relative_to(top):
            raise TaskFailed(f"inputFiles: expected a path inside the working directory, found `{name}`")
        return target


def _free(paths: Iterable[Path]) -> Path:
    return next(path for path in paths if not path.exists())


def _fits(patterns: Iterable[PathPattern], path: str) -> bool:
    return any(pattern.names(path) for pattern in patterns)


def _named(
    files: Mapping[str, str | None] | str | None,
    *,
    property: str = "inputFiles",  # noqa: A002 - the word of the flow language
) -> Iterator[tuple[str, str]]:
    """Names and contents: from a map without those that have none, or from a JSON text, where none is an empty file."""
    if not isinstance(files, str):
        yield from ((name, content) for name, content in (files or {}).items() if content is not None)
        return
    try:
        read = json.loads(files)
    except ValueError as error:
        raise TaskFailed(f"{property}: expected a map or its JSON: {error}") from None
    if not isinstance(read, dict):
        raise TaskFailed(f"{property}: expected a map or its JSON, found something else")
    yield from ((name, _content(value)) for name, value in read.items())


def _content(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
