"""A body that holds several flows, cut at the markers between YAML documents; nothing is parsed."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_NOTHING = re.compile(rb"(?:[ \t\r]*(?:#[^\n]*|---[ \t\r]*|%[^\n]*)?(?:\n|\Z))*")


def split_documents(body: bytes) -> list[bytes]:
    """The documents in their order, each from the line after its marker; a body that holds nothing is one document.

    Three dashes are a marker only where a line begins with them, as no text inside a flow can stand there. What is
    blank, or only a comment, belongs to the document that follows.
    """
    starts = [0]
    for marker in _MARKER.finditer(body):
        if not _is_blank(body[starts[-1] : marker.start()]):
            starts.append(marker.start())
    if len(starts) > 1 and _is_blank(body[starts[-1] :]):
        starts.pop()
    ends = [*starts[1:], len(body)]
    first, *later = [body[start:end] for start, end in zip(starts, ends, strict=True)]
    return [first, *(_without_marker(document) for document in later)]


def _is_blank(part: bytes) -> bool:
    found = _NOTHING.match(part)
    return found is not None and found.end() == len(part)


def _without_marker(document: bytes) -> bytes:
    """The document from its second line on; what stands in the line of the marker stays."""
    rest = document.removeprefix(b"---")
    line, _, below = rest.partition(b"\n")
    return below if not line.strip() else rest
