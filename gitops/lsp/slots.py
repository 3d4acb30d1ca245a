"""Where something is about to be written: the place in the flow that a cursor stands at, told from the lines above.

It works in texts that do not parse, and for places where nothing stands yet.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from gitops.language.position import Path
from gitops.lint.offsets import Offsets
from gitops.lsp.climbing import Climb
from gitops.lsp.structure import Line, Structure, read, structure

_COMMENT = re.compile(r"(?:^|\s)#")
_BREAKS = re.compile(r"\r\n|\n|\r")
_LIST = re.compile(r"\[(?:[^\[\]]*,)?\s*")


class Kind(Enum):
    """What may be written at a place."""

    KEY = "a key of the mapping at the path, or the beginning of the value at the path"
    ITEM = "an item of a list, at the path"
    VALUE = "the value at the path"
    TEXT = "a line of the text at the path"
    NOTHING = "nothing that is known"


class Slot(NamedTuple):
    """A place: its path, what was begun there, and where that begins.

    `keys` are those of the same mapping in the lines above. `column` is the column that they stand in, from 0.
    `line` is where the cursor's line begins, `structure` where what belongs to no value of it ends.
    """

    kind: Kind
    path: Path
    begun: str
    start: int
    column: int
    keys: tuple[str, ...] = ()
    line: int = 0
    structure: int = 0


def slot(text: str, offset: int) -> Slot:
    """The place at an offset."""
    offsets = Offsets(text)
    number, _ = offsets.place(offset)
    begin = offsets.offset(number, 1)
    prefix = text[begin:offset]
    above = structure(_BREAKS.split(text[:begin])[: number - 1])
    if above.open is not None and _is_inside(prefix, above):
        inner = prefix.lstrip()
        path = Climb(above.lines[: above.open + 1]).of_owner()
        return Slot(Kind.TEXT, path, inner, offset - len(inner), 0, (), begin, offsets.offset(above.open + 2, 1))
    line = read(prefix)
    if line is None:
        kind = Kind.NOTHING if prefix.strip() else Kind.KEY
        return _key(kind, Line(column=len(prefix), value=len(prefix)), prefix, begin, above)
    if line.key is not None:
        return _value(line, prefix, begin, above)
    kind = Kind.NOTHING if _COMMENT.search(prefix) else Kind.ITEM if line.dashes else Kind.KEY
    return _key(kind, line, prefix, begin, above)


def _is_inside(prefix: str, above: Structure) -> bool:
    """Whether a line belongs to the block scalar that is open above it."""
    owner = None if above.open is None else above.lines[above.open]
    return owner is not None and len(prefix) - len(prefix.lstrip()) > owner.innermost


def _key(kind: Kind, line: Line, prefix: str, begin: int, above: Structure) -> Slot:
    climb = Climb(above.lines)
    path = climb.of_item(line.dashes) if line.dashes else climb.of_key(line.column)
    # Behind a dash there is to be a blank, also where none is written yet.
    column = line.column + prefix.endswith("-") if line.dashes else climb.column
    start = begin + line.column
    return Slot(kind, path, prefix[line.column :], start, column, tuple(climb.keys), begin, start)


def _value(line: Line, prefix: str, begin: int, above: Structure) -> Slot:
    climb = Climb(above.lines)
    holder = climb.of_item(line.dashes) if line.dashes else climb.of_key(line.column)
    path: Path = (*holder, str(line.key))
    value = prefix[line.value :]
    listed = _LIST.match(value)
    if listed:
        path, value = (*path, value[: listed.end()].count(",")), value[listed.end() :]
    kind = Kind.NOTHING if _COMMENT.search(value) and "{{" not in value else Kind.VALUE
    start = begin + len(prefix) - len(value)
    return Slot(kind, path, value, start, line.column, tuple(climb.keys), begin, begin + line.colon + 1)
