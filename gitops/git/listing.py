"""Which files a revision, the index or a work tree holds, each with the id of its content."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from gitops.errors import UnknownRevision
from gitops.git.names import FLOW_SUFFIXES, is_suspicious, name_refusal
from gitops.git.plumbing import Question, ask

_ORDINARY = (b"100644", b"100755")
_INDEX = ("ls-files", "-z", "-t", "--stage")
_WORK_TREE = (*_INDEX, "--modified", "--deleted", "--others", "--exclude-standard")
_CACHED, _OTHER, _DELETED = b"H", b"?", b"R"
_STAGED = ("diff-index", "--cached", "--raw", "-z", "--no-renames", "--abbrev=40")


class Place(NamedTuple):
    """Where a repository is: the top of its work tree, or the folder of a bare one."""

    folder: str
    bare: bool = False


class Listing(NamedTuple):
    """The flow files, by path from the top, each with its Git id, None where only reading it would tell.

    `paths` are those of all files, of whatever kind. `staged` are the flow files of the index.
    """

    flows: Mapping[str, str | None]
    paths: frozenset[str]
    staged: Mapping[str, str | None] = MappingProxyType({})


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
            raise _unknown(self._folder, self._revision)
        return _listing(_of_tree(answer), suspicious=is_suspicious(answer))


class Unstaged:
    """The flow files of a revision, as what the index would be without what is staged. Asking begins at once."""

    def __init__(self, folder: str, revision: str) -> None:
        self._folder, self._revision = folder, revision
        self._question = Question(folder, *_STAGED, f"{revision}^{{tree}}", "--")

    def flows(self, staged: Mapping[str, str | None]) -> Mapping[str, str | None]:
        """Its flow files, when these are staged; raises UnknownRevision."""
        answer = self._question.answer()
        if answer is None:
            raise _unknown(self._folder, self._revision)
        return dict(staged) | dict(_undone(answer)) if answer else staged


def index(folder: str) -> Listing:
    """The files of the index: what `git commit` would take."""
    answer = ask(folder, *_INDEX)
    files = ((path, mode, blob) for _, path, mode, blob in _of_index(answer))
    found = _listing(files, suspicious=is_suspicious(answer))
    return found._replace(staged=found.flows)


def work_tree(folder: str) -> Listing:
    """The files of the work tree below its top, those that Git ignores left out."""
    answer = ask(folder, *_WORK_TREE)
    staged: dict[bytes, tuple[bytes, str | None]] = {}
    now: dict[bytes, tuple[bytes, str | None]] = {}
    deleted: set[bytes] = set()
    for tag, path, mode, blob in _of_index(answer):
        if tag == _CACHED:
            staged[path] = mode, blob
        elif tag == _DELETED:
            deleted.add(path)
        else:
            now[path] = mode, None
    suspicious = is_suspicious(answer)
    found = _listing(_flat(staged, ()), suspicious=suspicious)
    if not now and not deleted:
        return found._replace(staged=found.flows)
    return _listing(_flat({**staged, **now}, deleted), suspicious=suspicious)._replace(staged=found.flows)


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


def _flat(
    files: Mapping[bytes, tuple[bytes, str | None]], without: Collection[bytes]
) -> Iterator[tuple[bytes, bytes, str | None]]:
    return ((path, mode, blob) for path, (mode, blob) in files.items() if path not in without)


def _undone(answer: bytes) -> Iterator[tuple[str, str | None]]:
    """What these files were: pairs such as `:100644 100644 <old> <new> M` and `<path>`; None where there was none."""
    parts = answer.split(b"\0")
    for head, raw in zip(parts[::2], parts[1::2], strict=False):
        mode, _, blob, *_ = head[1:].split(b" ")
        if _is_flow(raw, b"100644", suspicious=True):
            yield raw.decode(), blob.decode() if mode in _ORDINARY else None


def _listing(files: Iterable[tuple[bytes, bytes, str | None]], *, suspicious: bool) -> Listing:
    flows: dict[str, str | None] = {}
    paths: list[str] = []
    for raw, mode, blob in files:
        path = raw.decode(errors="replace")
        paths.append(path)
        if _is_flow(raw, mode, suspicious=suspicious):
            flows[path] = blob
    return Listing(flows, frozenset(paths))


def _is_flow(path: bytes, mode: bytes, *, suspicious: bool) -> bool:
    return path.endswith(FLOW_SUFFIXES) and mode in _ORDINARY and not (suspicious and name_refusal(path))


def _unknown(folder: str, revision: str) -> UnknownRevision:
    problem = f"expected a branch, tag or commit of {folder}, found `{revision}`"
    return UnknownRevision(f"{problem}; list them with `git branch --all` and `git log`")
