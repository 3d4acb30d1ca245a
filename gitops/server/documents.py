"""A body that holds several flows, cut at the markers between YAML documents; nothing is parsed."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"^---(?=\s|\Z)", re.MULTILINE)
_CONTENT = re.compile(rb"^[ \t]*[^\s#%]", re.MULTILINE)


def split_documents(body: bytes) -> list[bytes]:
    """The documents in their order; a body that holds nothing is one document.

    Three dashes are a marker only where a line begins with them: inside a flow no text can stand there. Lines are
    counted from the one after the marker, so that they are those of the files that a client has put together. What is
    blank or a comment belongs to the document that follows.
    """
    documents: list[bytes] = []
    before: list[bytes] = []
    for number, part in enumerate(_MARKER.split(body)):
        before.append(part if before or not number else _below_marker(part))
        if _CONTENT.search(part):
            # A directive belongs to the marker, which is gone.
            above = b"".join(before[:-1]).replace(b"%", b"#")
            documents.append(above + before[-1])
            before = []
    return documents if len(documents) > 1 else [body]


def _below_marker(part: bytes) -> bytes:
    """What follows a marker, without the rest of its line when that is blank."""
    line, _, below = part.partition(b"\n")
    return below if not line.strip() else part
