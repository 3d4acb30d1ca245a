"""Which files a revision, the index or a work tree holds, each with the id of its content."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gitops.errors import UnknownRevision
from gitops.git.names import FLOW_SUFFIXES, name_refusal
from gitops.git.plumbing import Question, ask

_ORDINARY = (b"100644", b"100755")
_INDEX = ("ls-files", "-z", "-t", "--stage")
_WORK_TREE = (*_INDEX, "--modified", "--deleted", "--others", "--exclude-standard")
_OTHER, _DELETED, _CHANGED = b"?", b"R", b"C"


class Place(NamedTuple):
    """Where a repository is: the top of its work tree, or the folder of a bare one."""

    folder: str
    bare: bool = False


class Listing(NamedTuple):
    """The flow files, by path from the top, each with its Git id, None where only reading it would tell.

    `paths` are those of all files, of whatever kind.
    """

    flows: Mapping[str, str | None]
    paths: frozenset[str]


NOTHING = Listing({}, frozenset())


def place(path: str) -> Place | None:
    """The repository that a folder or file lies in; None outside of any."""
    folder = os.path.abspath(path)
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return Place(folder)
        if os.path.isfile(os.path.join(folder, "HEAD")) and os.path.isdir(os.path.join(folder, "objects")):
            return Place(folder, bare=True)
        folder, above = os.path.dirname(folder), folder
        if folder == above:
            return None


class Revision:
    """The files of a revision. Asking begins at once."""

    def __init__(self, folder: str, revision: str) -> None:
        self._folder, self._revision = folder, revision
        self._question = Question(folder, "ls-tree", "-r", "-z", "--full-tree", f"{revision}^{{tree}}")

    def listing(self) -> Listing:
        """Its files; raises UnknownRevision."""
        answer = self._question.answer()
        if answer is None:
            problem = f"expected a branch, tag or commit of {self._folder}, found `{self._revision}`"
            raise UnknownRevision(f"{problem}; list them with `git branch --all` and `git log`")
        return _listing(_of_tree(answer))


def index(folder: str) -> Listing:
    """The files of the index: what `git commit` would take."""
    return _listing((path, mode, blob) for _, path, mode, blob in _of_index(ask(folder, *_INDEX)))


def work_tree(folder: str) -> Listing:
    """The files of the work tree below its top, those that Git ignores left out."""
    found: dict[bytes, tuple[bytes, str | None]] = {}
    deleted: set[bytes] = set()
    for tag, path, mode, blob in _of_index(ask(folder, *_WORK_TREE)):
        if tag == _DELETED:
            deleted.add(path)
        else:
            found[path] = (mode, None if tag in (_OTHER, _CHANGED) else blob)
    return _listing((path, mode, blob) for path, (mode, blob) in found.items() if path not in deleted)


def merge_base(folder: str, ours: str, theirs: str) -> str | None:
    """The newest commit that two revisions have in common; None when there is none."""
    answer = Question(folder, "merge-base", ours, theirs).answer()
    return answer.decode().strip() if answer else None


def commit(folder: str, revision: str) -> str | None:
    """The id of a commit; None when there is no such revision."""
    answer = Question(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").answer()
    return answer.decode().strip() if answer else None


def _of_tree(answer: bytes) -> Iterator[tuple[bytes, bytes, str | None]]:
    """Lines such as `100644 blob <id>TAB<path>`."""
    for line in answer.split(b"\0")[:-1]:
        head, _, path = line.partition(b"\t")
        yield path, head[:6], head.rpartition(b" ")[2].decode()


def _of_index(answer: bytes) -> Iterator[tuple[bytes, bytes, bytes, str]]:
    """Lines such as `H 100644 <id> <stage>TAB<path>`, and `? <path>` of files that Git does not know."""
    for line in answer.split(b"\0")[:-1]:
        tag, _, rest = line.partition(b" ")
        if tag == _OTHER:
            yield tag, rest, _ORDINARY[0], ""
            continue
        head, _, path = rest.partition(b"\t")
        mode, blob, _ = head.split(b" ")
        yield tag, path, mode, blob.decode()


def _listing(files: Iterable[tuple[bytes, bytes, str | None]]) -> Listing:
    flows: dict[str, str | None] = {}
    paths: list[str] = []
    for raw, mode, blob in files:
        path = raw.decode(errors="replace")
        paths.append(path)
        if raw.endswith(FLOW_SUFFIXES) and mode in _ORDINARY and name_refusal(raw) is None:
            flows[path] = blob
    return Listing(flows, frozenset(paths))
