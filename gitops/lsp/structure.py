"""The structure of YAML as its lines show it: indentation, dashes and keys, also where the text cannot be parsed.

Only block style is seen. What stands in block scalars is text, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_DASHES = re.compile(r" *(?:-(?: +|$))*")
_BLOCK = re.compile(r"(?:[&!]\S+\s+)*[|>][-+0-9]*\s*(?:\s#.*)?")
_NO_KEY = "#&*!|>%@`{}[],?"
_QUOTES = "\"'"


class Line(NamedTuple):
    """A line: the columns of its dashes, and its key with the column; columns count from 0.

    `value` is where the value begins, or the text of a line without a key; `inline` says that there is one, `block`
    that it is the head of a block scalar.
    """

    dashes: tuple[int, ...] = ()
    key: str | None = None
    column: int = 0
    colon: int = 0
    value: int = 0
    inline: bool = False
    block: bool = False

    @property
    def innermost(self) -> int:
        """The column that a block scalar of this line must be deeper than."""
        return self.column if self.key is not None else self.dashes[-1] if self.dashes else -1


def read(line: str) -> Line | None:
    """What a line says; None when it is blank or a comment."""
    head = _DASHES.match(line)
    start = head.end() if head else 0
    dashes = tuple(index for index in range(start) if line[index] == "-")
    rest = line[start:]
    if not dashes and (not rest.strip() or rest.lstrip().startswith("#")):
        return None
    end = _end_of_key(line, start)
    value = start if end is None else end + 1
    value += len(line[value:]) - len(line[value:].lstrip())
    said = line[value:]
    inline = bool(said) and not said.startswith("#")
    key = None if end is None else _name(line[start:end].rstrip())
    return Line(dashes, key, start, end or 0, value, inline, bool(_BLOCK.fullmatch(said)))


class Structure(NamedTuple):
    """What each line says: None for blank lines, for comments and for the lines of block scalars.

    `open` is the index of the line whose block scalar may go on behind the last one.
    """

    lines: tuple[Line | None, ...]
    open: int | None


def structure(lines: Sequence[str]) -> Structure:
    """The structure of lines from the beginning of a text on."""
    found: list[Line | None] = []
    owner, deeper = None, 0
    for index, line in enumerate(lines):
        if owner is not None and (not line.strip() or _indentation(line) > deeper):
            found.append(None)
            continue
        said = read(line)
        owner = index if said is not None and said.block else None
        deeper = said.innermost if said is not None else 0
        found.append(said)
    return Structure(tuple(found), owner)


def _end_of_key(line: str, start: int) -> int | None:
    """The index of the colon behind a key; None when there is no key."""
    first = line[start : start + 1]
    if first in _NO_KEY:
        return None
    position = _behind_quotes(line, start) if first in _QUOTES else start
    while position is not None and (found := line.find(":", position)) >= 0:
        if not line[found + 1 : found + 2].strip():
            return None if " #" in line[start:found] else found
        position = found + 1
    return None


def _behind_quotes(line: str, start: int) -> int | None:
    end = line.find(line[start], start + 1)
    return end + 1 if end > 0 and line[end + 1 :].lstrip().startswith(":") else None


def _name(written: str) -> str:
    quoted = len(written) > 1 and written[0] in _QUOTES and written[-1] == written[0]
    return written[1:-1] if quoted else written


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
