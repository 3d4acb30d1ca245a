"""Names of files in a repository: which are flow files, and which are not safe to read. It needs no library."""

from __future__ import annotations

import re

FLOW_SUFFIXES = (b".yml", b".yaml")

# The other spellings are those that some file systems take for `.git`.
_RESERVED = re.compile(r"(?:^|/)(?:\.{0,2}|(?:\.git|git~1)[ .]*)(?:/|$)", re.IGNORECASE)
_PLAIN = bytes(range(ord(" "), ord("~") + 1)).replace(b"\\", b"") + b"\0\t"
_SUSPICIOUS = (b"//", b"/./", b"/../", b"\t./", b"\t../", b"\t/", b".git/", b".git\0", b".git.", b".git ", b"git~1")


def is_suspicious(listing: bytes) -> bool:
    """Whether any name of a listing may be refused: a few looks at all names instead of one at each of thousands."""
    lower = listing.lower()
    return bool(listing.translate(None, _PLAIN)) or any(part in lower for part in _SUSPICIOUS)


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
