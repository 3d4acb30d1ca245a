"""Names of files in a repository: which are flow files, and which are not safe to read. It needs no library."""

from __future__ import annotations

import re
from collections.abc import Iterable

FLOW_SUFFIXES = (b".yml", b".yaml")

# The other spellings are those that some file systems take for `.git`.
_RESERVED = re.compile(r"(?:^|/)(?:\.{0,2}|(?:\.git|git~1)[ .]*)(?:/|$)", re.IGNORECASE)
_SUSPICIOUS = ("//", "/./", "/../", "/.\0", "/..\0", ".git/", ".git\0", ".git.", ".git ", "git~1", "\\")


def is_suspicious(names: Iterable[str]) -> bool:
    """Whether any of these may be refused: a few looks at all names instead of one at each of thousands."""
    every = "/" + "\0/".join(names) + "\0"
    lower = every.lower()
    plain = every.isascii() and every.replace("\0", "").isprintable()
    return not plain or any(part in lower for part in _SUSPICIOUS)


def name_refusal(path: bytes) -> str | None:
    """Why a file of this name is not read, as a clause for people; None for an ordinary name."""
    try:
        text = path.decode()
    except UnicodeDecodeError:
        return "its path is not UTF-8; rename it"
    if _RESERVED.search(text):
        return "a part of its path is reserved for Git or for the file system; rename it"
    if "\\" in text or not text.isprintable():
        return "its path has a backslash or an invisible character; rename it"
    return None
