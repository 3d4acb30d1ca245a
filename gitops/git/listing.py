"""Which files a revision, the index or a work tree holds, each with the id of its content."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from gitops.errors import UnknownRevision
from gitops.git.names import FLOW_SUFFIXES, is_suspicious, name_refusal
from gitops.git.plumbing import Question, ask

_ORDINARY = ("100644", "100755")
_INDEX = ("ls-files", "-z", "-t", "--stage")
_MERGED, _OTHER = "H", "?"
_GONE = "000000"
_SUFFIXES = tuple(suffix.decode() for suffix in FLOW_SUFFIXES)
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
        return _listing(list(_of_tree(_text(answer))))


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
        return dict(staged) | dict(_undone(_text(answer))) if answer else staged


class WorkTree:
    """The files of the work tree below its top, those that Git ignores left out. Asking begins at once.

    Two programs look side by side: one lists, the other compares, and each takes about as long as the other.
    """

    def __init__(self, folder: str) -> None:
        self._known = Question(folder, *_INDEX, "--others", "--exclude-standard")
        self._changed = Question(folder, "diff-files", "--raw", "-z")

    def listing(self) -> Listing:
        """Its files; those that differ from the index have no id. Raises GitFailed."""
        files = list(_of_index(_text(self._known.needed())))
        changed = _text(self._changed.needed())
        merged = _listing([(path, mode, blob) for tag, path, mode, blob in files if tag == _MERGED])
        now = {path: mode for tag, path, mode, _ in files if tag != _MERGED} | dict(_differing(changed))
        if not now:
            return merged._replace(staged=merged.flows)
        same = [(path, mode, blob) for tag, path, mode, blob in files if path not in now]
        other = [(path, mode, None) for path, mode in now.items() if mode != _GONE]
        return _listing([*same, *other])._replace(staged=merged.flows)


def index(folder: str) -> Listing:
    """The files of the index: what `git commit` would take."""
    answer = ask(folder, *_INDEX)
    found = _listing([(path, mode, blob) for _, path, mode, blob in _of_index(_text(answer))])
    return found._replace(staged=found.flows)


def merge_base(folder: str, ours: str, theirs: str) -> str | None:
    """The newest commit that two revisions have in common; None when there is none."""
    answer = Question(folder, "merge-base", ours, theirs).answer()
    return answer.decode().strip() if answer else None


def commit(folder: str, revision: str) -> str | None:
    """The id of a commit; None when there is no such revision."""
    answer = Question(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").answer()
    return answer.decode().strip() if answer else None


def _text(answer: bytes) -> str:
    """What Git printed, with names that are not UTF-8 kept as they are."""
    return answer.decode(errors="surrogateescape")


def _of_tree(listed: str) -> Iterator[tuple[str, str, str | None]]:
    """Lines such as `100644 blob <id>TAB<path>`."""
    for line in listed.split("\0")[:-1]:
        head, _, path = line.partition("\t")
        yield path, head[:6], head.rpartition(" ")[2]


def _of_index(listed: str) -> Iterator[tuple[str, str, str, str]]:
    """Lines such as `H 100644 <id> <stage>TAB<path>`, and `? <path>` of files that Git does not know."""
    for line in listed.split("\0")[:-1]:
        if line[0] == _OTHER:
            yield _OTHER, line[2:], _ORDINARY[0], ""
            continue
        head, _, path = line.partition("\t")
        tag, mode, blob, _ = head.split(" ")
        yield tag, path, mode, blob


def _differing(compared: str) -> Iterator[tuple[str, str]]:
    """The mode that each file has now: pairs such as `:100644 100755 <old> <new> M` and `<path>`."""
    parts = compared.split("\0")
    for head, path in zip(parts[::2], parts[1::2], strict=False):
        yield path, head.split(" ")[1]


def _undone(compared: str) -> Iterator[tuple[str, str | None]]:
    """What these files were: pairs such as `:100644 100644 <old> <new> M` and `<path>`; None where there was none."""
    parts = compared.split("\0")
    for head, path in zip(parts[::2], parts[1::2], strict=False):
        mode, _, blob, *_ = head[1:].split(" ")
        if _is_flow(path, _ORDINARY[0], suspicious=True):
            yield path, blob if mode in _ORDINARY else None


def _listing(files: Sequence[tuple[str, str, str | None]]) -> Listing:
    paths = [path for path, _, _ in files]
    suspicious = is_suspicious(paths)
    flows = {path: blob for path, mode, blob in files if _is_flow(path, mode, suspicious=suspicious)}
    return Listing(flows, frozenset(map(_shown, paths) if suspicious else paths))


def _is_flow(path: str, mode: str, *, suspicious: bool) -> bool:
    return path.endswith(_SUFFIXES) and mode in _ORDINARY and not (suspicious and name_refusal(_bytes(path)))


def _bytes(path: str) -> bytes:
    return path.encode(errors="surrogateescape")


def _shown(path: str) -> str:
    return _bytes(path).decode(errors="replace")


def _unknown(folder: str, revision: str) -> UnknownRevision:
    problem = f"expected a branch, tag or commit of {folder}, found `{revision}`"
    return UnknownRevision(f"{problem}; list them with `git branch --all` and `git log`")
