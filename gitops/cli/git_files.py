"""The flow files of a repository: of its work tree, of what is staged, or of a revision, beside those of a base."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from gitops.cli.selection import Selection, compared, differ
from gitops.errors import InvalidUsage, UnknownRevision
from gitops.git.listing import Listing, Place, Revision, Unstaged, WorkTree, commit, index, merge_base
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
    before = Unstaged(place.folder, _base(place.folder, base, changed))
    looking = WorkTree(place.folder)
    _import_the_linter()
    listing = looking.listing()
    now: dict[str, Content] = {path: _of_work_tree(place.folder, path, blob) for path, blob in listing.flows.items()}
    then = _known(before, listing, required=base is not None)
    return _selection(place, listing, now, then, told, only_changed=changed is not None, root=root)


def _import_the_linter() -> None:
    """Import what comes next, which takes as long as Git looks through the work tree."""
    import gitops.lint.cache
    import gitops.lint.linter  # noqa: F401 - imported for those who come after


def read_staged(place: Place, told: Callable[[str], bool], *, base: str | None, root: str | None) -> Selection:
    """What `git commit` would take, as it is staged; told of is what differs from HEAD."""
    before = Unstaged(place.folder, base or "HEAD")
    listing = index(place.folder)
    then = _known(before, listing, required=base is not None)
    found = _selection(place, listing, _stored(place, listing.flows, {}), then, told, only_changed=True, root=root)
    return found._replace(revision="")


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
    before = Revision(place.folder, _base(place.folder, base, changed, default=f"{revision}~1", tip=revision))
    then = _listed(before, required=base is not None)
    found = _selection(
        place,
        listing,
        _stored(place, listing.flows, {}),
        then,
        told,
        only_changed=changed is not None,
        root=root,
    )
    return found._replace(revision=revision)


def _selection(
    place: Place,
    listing: Listing,
    now: Mapping[str, Content],
    before: Mapping[str, str | None] | None,
    told: Callable[[str], bool],
    *,
    only_changed: bool,
    root: str | None,
) -> Selection:
    then = _stored(place, before or {}, now)
    if root:
        now, then = _below(root, now, told), _below(root, then, told)
    differs = differ(now, then) if only_changed else _always
    options = Options(root=root or "", complete=True, compared=before is not None, paths=listing.paths)
    files = compared(now, then, lambda path: told(path) and differs(path))
    return Selection(list(files), options, place.folder, place.bare)


def _below(root: str, files: Mapping[str, Content], told: Callable[[str], bool]) -> dict[str, Content]:
    """The files below the folder of the namespace folders, and those that were asked for."""
    return {path: source for path, source in files.items() if path.startswith(f"{root}/") or told(path)}


def _base(folder: str, base: str | None, changed: str | None, *, default: str = "HEAD", tip: str = "HEAD") -> str:
    """The revision to compare with."""
    return base or (default if changed is None else _fork(folder, changed, tip))


def _known(before: Unstaged, listing: Listing, *, required: bool) -> Mapping[str, str | None] | None:
    """The flow files of a revision, which may be missing unless somebody has asked for it."""
    try:
        return before.flows(listing.staged)
    except UnknownRevision:
        if required:
            raise
        return None


def _listed(before: Revision, *, required: bool) -> Mapping[str, str | None] | None:
    try:
        return before.listing().flows
    except UnknownRevision:
        if required:
            raise
        return None


def _fork(folder: str, revision: str, tip: str) -> str:
    """Where the history of `tip` left that of a revision, so that what others did since is no change of ours."""
    if revision != UPSTREAM:
        return merge_base(folder, tip, revision) or revision
    for name in _UPSTREAMS:
        if commit(folder, name) is not None:
            return merge_base(folder, tip, name) or name
    raise InvalidUsage("--changed needs a revision here, since the branch has no upstream; say --changed=main")


def _stored(place: Place, flows: Mapping[str, str | None], now: Mapping[str, Content]) -> dict[str, Content]:
    """The flow files whose contents are among Git's objects; one that is the same now is not read twice."""
    objects = Objects(place.folder)
    found: dict[str, Content] = {}
    for path, blob in flows.items():
        same = now.get(path)
        if isinstance(same, Blob) and same.id == blob:
            found[path] = same
        elif blob is not None:
            found[path] = Blob(blob, partial(_of_objects, objects, blob))
    return found


def _of_objects(objects: Objects, blob: str) -> bytes:
    return objects.read(blob, limit=LIMITS.size) or b""


def _of_work_tree(top: str, path: str, blob: str | None) -> Content:
    read = partial(read_file, f"{top}/{path}")
    return Blob(blob, read) if blob else read()


def read_file(path: str) -> bytes:
    """The content of a file; of a file that is too large for a flow only so much that this can be told."""
    with open(path, "rb") as file:
        return file.read(LIMITS.size + 1)


def _always(_path: str) -> bool:
    return True
