"""Which entries of a commit's tree are flow files, and why others are refused. Pure: it reads names and modes only."""

from __future__ import annotations

from pygit2 import Object
from pygit2.enums import FileMode

from gitops.git.names import FLOW_SUFFIXES, name_refusal


def flow_blob(path: bytes, entry: Object | None) -> str | None:
    """The id of the flow file's content; None when there is no entry or it is no flow file that may be read."""
    if entry is None or not path.endswith(FLOW_SUFFIXES) or refusal(path, entry):
        return None
    return str(entry.id)


def refusal(path: bytes, entry: Object) -> str | None:
    """Why gitops does not read this entry, as a clause for people; None for an ordinary file."""
    mode = entry.filemode
    if mode == FileMode.LINK:
        return "it is a symbolic link; put the file itself here"
    if mode == FileMode.COMMIT:
        return "it is a submodule; add its repository on its own"
    return name_refusal(path) if path.endswith(FLOW_SUFFIXES) else None
