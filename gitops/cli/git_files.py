"""The flow files of a repository: of its work tree, of what is staged, or of a revision, beside those of a base."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial

from gitops.cli.selection import Selection, compared, differ
from gitops.errors import InvalidUsage, UnknownRevision
from gitops.git.listing import NOTHING, Listing, Place, Revision, commit, index, merge_base, work_tree
from gitops.git.plumbing import Objects
from gitops.language.problem import LIMITS
from gitops.lint.source import Blob, Content, Options

UPSTREAM = "@upstream"
"""As a revision: where the branch came from."""
_UPSTREAMS = ("@{upstream}", "origin/HEAD", "origin/main", "origin/master")


def read_work_tree(
    place: Place, told: Callable[[str], bool], *, base: str | None, changed: str | None, root: str | None
) -> Selection:
    """The files of the work tree; of those that are `told` of only what differs from the revision `changed`, if any."""
    before = _base(place.folder, base, changed)
    listing = work_tree(place.folder)
    now: dict[str, Content] = {path: _of_work_tree(place.folder, path, blob) for path, blob in listing.flows.items()}
    return _selection(place, now, listing, before, told, only_changed=changed is not None, root=root)


def read_staged(place: Place, told: Callable[[str], bool], *, base: str | None, root: str | None) -> Selection:
    """What `git commit` would take, as it is staged; told of is what differs from HEAD."""
    before = _base(place.folder, base, None)
    listing = index(place.folder)
    return _selection(place, _stored(place, listing), listing, before, told, only_changed=True, root=root)


def read_revision(
    place: Place,
    revision: str,
    told: Callable[[str], bool],
    *,
    base: str | None,
    changed: str | None,
    root: str | None,
) -> Selection:
    """The files of a commit, also of a bare repository. The base is its first parent unless it is given."""
    listing = Revision(place.folder, revision).listing()
    before = _base(place.folder, base, changed, default=f"{revision}~1", tip=revision)
    return _selection(
        place, _stored(place, listing), listing, before, told, only_changed=changed is not None, root=root
    )


def _selection(
    place: Place,
    now: Mapping[str, Content],
    listing: Listing,
    before: Listing | None,
    told: Callable[[str], bool],
    *,
    only_changed: bool,
    root: str | None,
) -> Selection:
    then = _stored(place, before or NOTHING)
    differs = differ(now, then) if only_changed else _always
    options = Options(root=root or "", complete=True, compared=before is not None, paths=listing.paths)
    files = compared(now, then, lambda path: told(path) and differs(path))
    return Selection(list(files), options, place.folder, place.bare)


def _base(
    folder: str, base: str | None, changed: str | None, *, default: str = "HEAD", tip: str = "HEAD"
) -> Listing | None:
    """The files of the base: a revision that was asked for, or the default, which may be missing."""
    if base is not None:
        return Revision(folder, base).listing()
    if changed is not None:
        return Revision(folder, _fork(folder, changed, tip)).listing()
    try:
        return Revision(folder, default).listing()
    except UnknownRevision:
        return None


def _fork(folder: str, revision: str, tip: str) -> str:
    """Where the history of `tip` left that of a revision, so that what others did since is no change of ours."""
    if revision != UPSTREAM:
        return merge_base(folder, tip, revision) or revision
    for name in _UPSTREAMS:
        if commit(folder, name) is not None:
            return merge_base(folder, tip, name) or name
    raise InvalidUsage("--changed needs a revision here, since the branch has no upstream; say --changed=main")


def _stored(place: Place, listing: Listing) -> dict[str, Content]:
    """The files of a listing whose contents are among Git's objects."""
    objects = Objects(place.folder)
    return {path: Blob(blob, partial(_of_objects, objects, blob)) for path, blob in listing.flows.items() if blob}


def _of_objects(objects: Objects, blob: str) -> bytes:
    return objects.read(blob, limit=LIMITS.size) or b""


def _of_work_tree(top: str, path: str, blob: str | None) -> Content:
    read = partial(read_file, os.path.join(top, path))
    return Blob(blob, read) if blob else read()


def read_file(path: str) -> bytes:
    """The content of a file; of a file that is too large for a flow only so much that this can be told."""
    with open(path, "rb") as file:
        return file.read(LIMITS.size + 1)


def _always(_path: str) -> bool:
    return True
