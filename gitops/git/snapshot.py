"""The files of one commit, read straight from Git's objects, and questions about the commits of a repository.

Nothing here checks files out, runs the `git` program or touches the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pygit2
from pygit2.enums import FileMode, ObjectType

from gitops.errors import FileTooLarge, GitFailed, UnknownRevision
from gitops.git.names import FLOW_SUFFIXES
from gitops.git.repository import open_repository, reading
from gitops.git.selection import flow_blob, refusal
from gitops.git.walk import walk

SUMMARY_LIMIT = 300

_LAST_SECOND = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """Who made a commit, when and why. `authored_at` is in UTC; `summary` is the message's first line."""

    sha: str
    summary: str
    author: str
    authored_at: datetime
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A flow file of a commit: its path from the repository's root, and the id of its content."""

    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path of a commit that gitops refuses to read, and the reason."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A flow file that two commits do not have in common; None on the side that lacks it."""

    path: str
    old_blob: str | None
    new_blob: str | None


class Snapshot:
    """The flow files of one commit of the repository at `repository_path`.

    Raises UnknownRevision when there is no such commit. One snapshot belongs to one thread.
    """

    def __init__(self, repository_path: Path, commit: str) -> None:
        self.commit = resolve(repository_path, commit)
        self._path = repository_path
        self._repository = open_repository(repository_path)
        with reading(repository_path):
            self._commit = self._repository[self.commit].peel(pygit2.Commit)
        self.skipped: tuple[Skipped, ...] = ()
        """What the last call of `files` passed over."""

    def info(self) -> CommitInfo:
        """The commit's author, time and summary."""
        with reading(self._path):
            author = self._commit.author
            second = min(max(author.time, 0), _LAST_SECOND)
            return CommitInfo(
                sha=self.commit,
                summary=_one_line(self._commit.raw_message),
                author=_one_line(author.raw_name) or _one_line(author.raw_email),
                authored_at=datetime.fromtimestamp(second, UTC),
                parents=tuple(str(parent) for parent in self._commit.parent_ids),
            )

    def files(self, root: str = "") -> list[TreeFile]:
        """The `.yml` and `.yaml` files in the folder `root` and below, sorted by path; [] without such a folder.

        Links, submodules and unsafe names are left out and listed in `skipped`.
        """
        folder = root.strip("/")
        prefix = f"{folder}/".encode() if folder else b""
        with reading(self._path):
            found = [(item.path, item.new) for item in walk(None, self._tree(folder), prefix=prefix) if item.new]
        judged = [(path, refusal(path, entry), entry) for path, entry in found]
        self.skipped = tuple(Skipped(_text(path), reason) for path, reason, _ in judged if reason)
        wanted = ((path, entry) for path, reason, entry in judged if not reason and path.endswith(FLOW_SUFFIXES))
        return [TreeFile(path.decode(), str(entry.id)) for path, entry in wanted]

    def read(self, blob: str, *, limit: int) -> bytes:
        """The content of a file; raises FileTooLarge, without reading it, when it has more than `limit` bytes."""
        self.measure(blob, limit=limit)
        with reading(self._path):
            return self._repository.odb.read(blob)[1]

    def measure(self, blob: str, *, limit: int) -> None:
        """Raise FileTooLarge when a file has more than `limit` bytes."""
        with reading(self._path):
            kind, size = self._repository.odb.read_header(blob)
            if kind != ObjectType.BLOB:
                raise GitFailed(f"expected the id of a file, found {blob}, which is a {ObjectType(kind).name.lower()}")
            if size > limit:
                raise FileTooLarge(f"expected a file of at most {limit} bytes, found {size} bytes; make it smaller")

    def content(self, path: str, *, limit: int) -> bytes | None:
        """The content of the file at a path; None when there is none, or a link. Raises FileTooLarge."""
        try:
            with reading(self._path, unless=(KeyError, ValueError)):
                entry = self._commit.tree[path]
        except (KeyError, ValueError):
            return None
        ordinary = isinstance(entry, pygit2.Blob) and entry.filemode != FileMode.LINK
        return self.read(str(entry.id), limit=limit) if ordinary else None

    def changed(self, other: Snapshot | None) -> list[Change]:
        """The flow files that differ between `other`, the older side, and this commit; sorted by path.

        Without `other` every flow file is new. The work grows with the change, not with the repository.
        """
        with reading(self._path):
            old = None if other is None else other._commit.tree  # noqa: SLF001 - another of our own kind
            differences = walk(old, self._commit.tree)
        pairs = ((item.path, flow_blob(item.path, item.old), flow_blob(item.path, item.new)) for item in differences)
        return [Change(path.decode(), old, new) for path, old, new in pairs if old != new]

    def _tree(self, folder: str) -> pygit2.Tree | None:
        try:
            entry = self._commit.tree[folder] if folder else self._commit.tree
        except KeyError:
            return None
        return entry if isinstance(entry, pygit2.Tree) else None


def resolve(repository_path: Path, revision: str) -> str:
    """The id of the commit that `revision` (a branch, a tag, `HEAD~1`, an id…) names; raises UnknownRevision."""
    repository = open_repository(repository_path)
    try:
        with reading(repository_path, unless=(KeyError, ValueError)):
            return str(repository.revparse_single(revision).peel(pygit2.Commit).id)
    except (KeyError, ValueError) as error:
        problem = f"expected a branch, tag or commit of {repository_path}, found `{revision}`"
        raise UnknownRevision(f"{problem}; list them with `git branch --all` and `git log`") from error


def discover(path: Path) -> Path | None:
    """The Git folder of the repository that `path` lies in; None outside of any."""
    found = pygit2.discover_repository(str(path))
    return Path(found) if found else None


def top_level(path: Path) -> Path | None:
    """The root of the work tree that `path` lies in; None outside of any and in a bare repository."""
    git_folder = discover(path)
    work_tree = git_folder and open_repository(git_folder).workdir
    return Path(work_tree) if work_tree else None


def is_ancestor(repository_path: Path, *, ancestor: str, descendant: str) -> bool:
    """Whether the history of `descendant` holds `ancestor`; a commit is its own ancestor. Raises UnknownRevision."""
    first, second = resolve(repository_path, ancestor), resolve(repository_path, descendant)
    with reading(repository_path):
        return first == second or open_repository(repository_path).descendant_of(second, first)


def merge_base(repository_path: Path, *, ours: str, theirs: str) -> str | None:
    """The newest commit that both histories hold; None when they have none in common. Raises UnknownRevision."""
    first, second = resolve(repository_path, ours), resolve(repository_path, theirs)
    with reading(repository_path):
        found = open_repository(repository_path).merge_base(first, second)
    return str(found) if found else None


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _one_line(raw: bytes) -> str:
    line = next((line for line in _text(raw).splitlines() if line.strip()), "").strip()
    shown = "".join(character if character.isprintable() else " " for character in line)
    return shown if len(shown) <= SUMMARY_LIMIT else shown[: SUMMARY_LIMIT - 1] + "…"
