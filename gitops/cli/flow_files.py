"""Which files a command is about: by name, in folders, staged, changed, in a revision, or on standard input."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from gitops.cli import git_files
from gitops.cli.git_files import read_file
from gitops.cli.selection import Selection
from gitops.errors import InvalidUsage
from gitops.git.listing import Place, Revision, place
from gitops.git.plumbing import Objects
from gitops.language.problem import LIMITS
from gitops.lint.source import Options, SourceFile

SUFFIXES = (".yml", ".yaml")

AnyPath = str | os.PathLike[str]


def read_paths(
    paths: Sequence[AnyPath], *, base: str | None = None, root: str | None = None, changed: str | None = None
) -> Selection:
    """Files and folders of the work tree. The base revision is HEAD unless it is given; there may be none.

    Files by name are read alone; with a folder everything else in the repository is read as context.
    """
    named = [os.fspath(path) for path in paths] or [""]
    for path in named:
        if path and not os.path.exists(path):
            raise InvalidUsage(f"there is no file or folder {path}")
    repository = place(named[0] or ".")
    if repository is None or repository.bare:
        return _outside_git(named, base=base, changed=changed, root=root)
    if changed is None and all(os.path.isfile(path) for path in named):
        return _by_name(repository.folder, named, base=base, root=root)
    told, given = _among(named, repository.folder)
    found = git_files.read_work_tree(repository, told, base=base, changed=changed, root=_root(root, repository.folder))
    return found._replace(files=[*_named(found.files, given), *_unlisted(given, found)])


def read_staged(paths: Sequence[AnyPath], *, base: str | None = None, root: str | None = None) -> Selection:
    """What is staged in the repository that the current folder lies in."""
    repository = _repository("--staged")
    told, _ = _among([os.fspath(path) for path in paths], repository.folder)
    return git_files.read_staged(repository, told, base=base, root=_root(root, repository.folder))


def read_revision(
    revision: str, *, base: str | None = None, root: str | None = None, changed: str | None = None
) -> Selection:
    """The flow files of a commit, also of a bare repository. The base is its first parent unless it is given."""
    folder = (root or "").strip("./")
    return git_files.read_revision(
        _repository("--rev"), revision, _below(folder), base=base, changed=changed, root=folder
    )


def read_stdin(name: str, source: bytes, *, base: str | None = None, root: str | None = None) -> Selection:
    """One flow from standard input, as if it were the file `name`."""
    repository = place(os.path.dirname(name) or ".")
    top = repository.folder if repository else os.getcwd()
    return _alone(top, {_relative(name, top): source}, base=base, root=_root(root, top))


def _by_name(top: str, paths: Iterable[str], *, base: str | None, root: str | None) -> Selection:
    sources = {_relative(path, top): read_file(path) for path in paths}
    return _alone(top, sources, base=base, root=_root(root, top) or "")


def _alone(top: str, sources: Mapping[str, bytes], *, base: str | None, root: str | None) -> Selection:
    """Files without the rest of their repository, each beside what it was."""
    before = _before(top, base, sources)
    files = [SourceFile(path, source, before.get(path), named=True) for path, source in sorted(sources.items())]
    return Selection(files, Options(root=root), top)


def _before(top: str, base: str | None, paths: Iterable[str]) -> dict[str, bytes]:
    """What these files were at the base, HEAD unless it is given; a file that was not there is left out."""
    if place(top) is None:
        _refuse_outside_git(base, top)
        return {}
    if base is not None:
        Revision(top, base).listing()
    objects = Objects(top)
    try:
        found = ((path, objects.read(f"{base or 'HEAD'}:{path}", limit=LIMITS.size)) for path in paths)
        return {path: source for path, source in found if source is not None}
    finally:
        objects.close()


def _refuse_outside_git(base: str | None, folder: str) -> None:
    if base is not None:
        raise InvalidUsage(f"--base {base}: {os.path.abspath(folder)} is not in a Git repository")


def _outside_git(paths: Sequence[str], *, base: str | None, changed: str | None, root: str | None) -> Selection:
    _refuse_outside_git(base, paths[0])
    if changed is not None:
        raise InvalidUsage(f"--changed: {os.path.abspath(paths[0])} is not in a Git repository")
    top = os.path.abspath(next((path or "." for path in paths if not os.path.isfile(path)), "."))
    found = {_relative(path, top): (source, named) for path, source, named in _on_disk(paths)}
    files = [SourceFile(path, source, named=named) for path, (source, named) in sorted(found.items())]
    folders = [path for path in paths if not os.path.isfile(path)]
    known = root is not None or bool(folders)
    return Selection(files, Options(root=_relative(root or top, top) if known else None), top)


def _on_disk(paths: Iterable[str]) -> Iterator[tuple[str, bytes, bool]]:
    """Each file with its content, and whether it was named."""
    for path in paths:
        if os.path.isfile(path):
            yield path, read_file(path), True
            continue
        for file in _flow_files(path or "."):
            yield file, read_file(file), False


def _flow_files(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        yield from (
            os.path.join(parent, name) for name in sorted(names) if name.endswith(SUFFIXES) and not name.startswith(".")
        )


def _among(paths: Iterable[str], top: str) -> tuple[Callable[[str], bool], frozenset[str]]:
    """Whether a path lies in what was given, and the files that were given by name."""
    given = [(_relative(path, top), os.path.isdir(path or ".")) for path in paths]
    files = frozenset(path for path, is_folder in given if not is_folder)
    folders = [_below(path) for path, is_folder in given if is_folder]

    def told(path: str) -> bool:
        return path in files or any(below(path) for below in folders)

    return (_everything if not given or ("", True) in given else told), files


def _everything(_path: str) -> bool:
    return True


def _named(files: Iterable[SourceFile], given: frozenset[str]) -> Iterator[SourceFile]:
    for file in files:
        yield file._replace(named=True) if file.path in given else file


def _unlisted(given: frozenset[str], found: Selection) -> Iterator[SourceFile]:
    """The files that were named and that Git ignores, or that have no flow file's name."""
    listed = {file.path for file in found.files if file.source is not None}
    for path in sorted(given - listed):
        yield SourceFile(path, read_file(os.path.join(found.top, path)), named=True)


def _repository(option: str) -> Place:
    found = place(".")
    if found is None:
        raise InvalidUsage(f"{option} needs a Git repository, and {os.getcwd()} is in none")
    return found


def _below(folder: str) -> Callable[[str], bool]:
    prefix = f"{folder}/" if folder else ""
    return lambda path: path.startswith(prefix)


def _root(root: str | None, top: str) -> str | None:
    return None if root is None else _relative(root, top)


def _relative(path: str, top: str) -> str:
    relative = os.path.relpath(os.path.realpath(path or "."), os.path.realpath(top))
    return "" if relative == "." else relative.replace(os.sep, "/")
