"""Which files a command is about (in folders, by name, in a revision, on standard input), and what they were before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gitops.cli.repository import discover, snapshot, top_level
from gitops.errors import InvalidUsage, UnknownRevision
from gitops.language.document import LIMITS
from gitops.lint.finding import Finding
from gitops.lint.report import Report
from gitops.lint.source import Options, SourceFile, blob_id

if TYPE_CHECKING:
    from gitops.git.snapshot import Snapshot

SUFFIXES = (".yml", ".yaml")


class Selection(NamedTuple):
    """The files, what is known about their repository, and the folder that their paths are shown from."""

    files: list[SourceFile]
    options: Options
    top: Path

    def as_seen_from_here(self, report: Report) -> Report:
        """The report with paths as they are written from the current folder."""
        return report._replace(findings=tuple(self._moved(finding) for finding in report.findings))

    def _moved(self, finding: Finding) -> Finding:
        related = tuple(place._replace(file=self._shown(place.file)) for place in finding.related)
        return finding._replace(file=self._shown(finding.file), related=related)

    def _shown(self, path: str) -> str:
        return os.path.relpath(self.top / path)


class Base(NamedTuple):
    """The flow files of the base revision: path to blob."""

    snapshot: Snapshot | None = None
    blobs: Mapping[str, str] = MappingProxyType({})

    def content(self, path: str, source: bytes) -> bytes | None:
        """What the file was; the source itself when it has not changed."""
        blob = self.blobs.get(path)
        if blob is None or self.snapshot is None:
            return None
        return source if blob == blob_id(source) else self.snapshot.read(blob, limit=LIMITS.size)

    def vanished(self, paths: Iterable[str], folders: Sequence[str]) -> Iterator[SourceFile]:
        """The files that are gone from these folders."""
        for path in sorted(set(self.blobs) - set(paths)):
            if any(_lies_in(path, folder) for folder in folders):
                assert self.snapshot is not None  # noqa: S101 - without one there are no paths
                yield SourceFile(path, None, base=self.snapshot.read(self.blobs[path], limit=LIMITS.size))


def read_paths(paths: Sequence[Path], *, base: str | None, root: str | None) -> Selection:
    """Files and folders of the work tree. The base revision is HEAD unless it is given; there may be none."""
    paths = paths or [Path()]
    for path in paths:
        if not path.exists():
            raise InvalidUsage(f"there is no file or folder {path}")
    top = top_level(paths[0]) or _top_outside_git(paths)
    before = read_base(paths[0], base, default="HEAD")
    found = dict(_files(paths, top))
    files = [
        SourceFile(path, source, before.content(path, source), named=named)
        for path, (source, named) in sorted(found.items())
    ]
    folders = [_relative(path, top) for path in paths if path.is_dir()]
    known_root = root is not None or bool(folders) or top_level(paths[0]) is not None
    options = Options(
        root=_relative(Path(root or top), top) if known_root else None, compared=before.snapshot is not None
    )
    return Selection([*files, *before.vanished(found, folders)], options, top)


def read_revision(revision: str, *, base: str | None, root: str | None) -> Selection:
    """The flow files of a commit, also of a bare repository. The base is its first parent unless it is given."""
    repository = _repository(Path())
    commit = snapshot(repository, revision)
    before = read_base(Path(), base, default=f"{commit.commit}~1")
    folder = (root or "").strip("./")
    sources = {item.path: commit.read(item.blob, limit=LIMITS.size) for item in commit.files(folder)}
    files = [SourceFile(path, source, before.content(path, source)) for path, source in sources.items()]
    options = Options(root=folder, complete=True, compared=before.snapshot is not None)
    return Selection([*files, *before.vanished(sources, [folder])], options, Path())


def read_stdin(name: str, source: bytes, *, base: str | None, root: str | None) -> Selection:
    """One flow from standard input, as if it were the file `name`."""
    path = Path(name)
    top = top_level(path.parent if path.parent.is_dir() else Path()) or Path.cwd()
    before = read_base(top, base, default="HEAD")
    relative = _relative(path, top)
    file = SourceFile(relative, source, before.content(relative, source), named=True)
    return Selection([file], Options(root=_relative(Path(root), top) if root else None), top)


def read_base(path: Path, revision: str | None, *, default: str) -> Base:
    """The base revision of the repository that `path` lies in; one that was not asked for may be missing."""
    repository = discover(path)
    if repository is None:
        if revision is not None:
            raise InvalidUsage(f"--base {revision}: {path.absolute()} is not in a Git repository")
        return Base()
    try:
        found = snapshot(repository, revision or default)
    except UnknownRevision:
        if revision is not None:
            raise
        return Base()
    return Base(found, {item.path: item.blob for item in found.files()})


def _files(paths: Iterable[Path], top: Path) -> Iterator[tuple[str, tuple[bytes, bool]]]:
    """Each file once: its path from the top, its content, and whether it was named."""
    for path in paths:
        if path.is_file():
            yield _relative(path, top), (path.read_bytes(), True)
            continue
        for file in _flow_files(path):
            yield _relative(file, top), (file.read_bytes(), False)


def _flow_files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        yield from (
            Path(parent, name) for name in sorted(names) if name.endswith(SUFFIXES) and not name.startswith(".")
        )


def _repository(path: Path) -> Path:
    repository = discover(path)
    if repository is None:
        raise InvalidUsage(f"--rev needs a Git repository, and {path.absolute()} is in none")
    return repository


def _top_outside_git(paths: Sequence[Path]) -> Path:
    return next((path for path in paths if path.is_dir()), Path.cwd()).resolve()


def _relative(path: Path, top: Path) -> str:
    relative = os.path.relpath(path.resolve(), top.resolve())
    return "" if relative == "." else Path(relative).as_posix()


def _lies_in(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
