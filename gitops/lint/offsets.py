"""Places of a text in every way that somebody counts them: lines and columns, offsets, and the units of editors.

Lines and columns begin with 1 and count code points, as everywhere in the linter. Editors begin with 0 and count the
units of an encoding: UTF-16 unless they and the server agree on another.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from gitops.language.position import Span, line_table

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""What the characters of an editor's position are."""

_LAST_OF_ONE_UNIT = 0xFFFF
_LAST_BY_BYTES = (0x7F, 0x7FF, 0xFFFF)


class EditorPosition(NamedTuple):
    """A place as an editor counts it: from 0, in the units of an encoding."""

    line: int
    character: int


class Offsets:
    """The places of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = line_table(text)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; of one beyond its line the line's end, of one beyond the text the text's."""
        return self._lines.offset(line, column)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        return self._lines.position(offset)

    def stretch(self, span: Span) -> tuple[int, int]:
        """The offsets between which a span lies."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets, white space at its end included."""
        return Span(*self.place(start), *self.place(end))

    def whole(self) -> Span:
        """The span of the whole text."""
        return self.span(0, len(self.text))

    def of(self, span: Span) -> str:
        """The text that a span covers."""
        start, end = self.stretch(span)
        return self.text[start:end]

    def for_editor(self, line: int, column: int, encoding: Encoding = "utf-16") -> EditorPosition:
        """A place as an editor counts it."""
        return EditorPosition(line - 1, width(self._lines.line(line)[: column - 1], encoding))

    def from_editor(self, line: int, character: int, encoding: Encoding = "utf-16") -> tuple[int, int]:
        """The line and the column of an editor's place; one within a character is that character's."""
        return line + 1, _characters(self._lines.line(line + 1), character, encoding) + 1


def width(text: str, encoding: Encoding = "utf-16") -> int:
    """How many units of an encoding a text takes."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    return sum(_units(character, encoding) for character in text)


def _characters(text: str, units: int, encoding: Encoding) -> int:
    """How many whole characters a number of units holds; not more than the text has."""
    if encoding == "utf-32" or text.isascii():
        return min(units, len(text))
    for index, character in enumerate(text):
        units -= _units(character, encoding)
        if units < 0:
            return index
    return len(text)


def _units(character: str, encoding: Encoding) -> int:
    number = ord(character)
    if encoding == "utf-16":
        return 1 + (number > _LAST_OF_ONE_UNIT)
    return 1 + sum(number > last for last in _LAST_BY_BYTES)
