"""Which entries of a commit's tree are flow files, and why others are refused. Pure: it reads names and modes only."""

from __future__ import annotations

import re

from pygit2 import Object
from pygit2.enums import FileMode

FLOW_SUFFIXES = (b".yml", b".yaml")

# The other spellings are those that some file systems take for `.git`.
_RESERVED = re.compile(rb"(?:^|/)(?:\.{0,2}|(?:\.git|git~1)[ .]*)(?:/|$)", re.IGNORECASE)


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
    return _name_refusal(path) if path.endswith(FLOW_SUFFIXES) else None


def _name_refusal(path: bytes) -> str | None:
    if _RESERVED.search(path):
        return "a part of its path is reserved for Git or for the file system; rename it"
    try:
        text = path.decode()
    except UnicodeDecodeError:
        return "its path is not UTF-8; rename it"
    if "\\" in text or not text.isprintable():
        return "its path has a backslash or an invisible character; rename it"
    return None
