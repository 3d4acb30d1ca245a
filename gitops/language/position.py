"""Places in a text: paths into the data, spans of lines and columns, and the table that turns one into the other.

Lines end at LF, CR LF or CR, as editors count them; columns count code points. Both begin with 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The keys and indices that lead from the root of a document to a value."""

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A stretch of text; the end is the place right after its last character."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)


def lines_of(text: str) -> list[str]:
    """The lines of a text, as editors count them, without their ends."""
    return _LINE_END.split(text)


class LineTable:
    """Where the lines of a text begin and end."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = [(match.start(), match.end()) for match in _LINE_END.finditer(text)]
        self._starts = [0, *(after for _, after in ends)]
        self._ends = [*(end for end, _ in ends), len(text)]

    def __len__(self) -> int:
        return len(self._starts)

    def line(self, number: int) -> str:
        """The text of a line without its end; empty when there is no such line."""
        if not 1 <= number <= len(self):
            return ""
        return self._text[self._starts[number - 1] : self._ends[number - 1]]

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets into the text; white space at its end does not count."""
        end = start + len(self._text[start:end].rstrip())
        return Span(*self.position(start), *self.position(end))

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; of one beyond its line the line's end, of one beyond the text the text's."""
        if line > len(self):
            return len(self._text)
        start, end = self._starts[max(line, 1) - 1], self._ends[max(line, 1) - 1]
        return min(start + max(column, 1) - 1, end)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset; within a line end those of the end of its line."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset)
        return line, min(offset, self._ends[line - 1]) - self._starts[line - 1] + 1


@lru_cache(maxsize=2)
def line_table(text: str) -> LineTable:
    """The table of a text. The last ones are kept, because places are asked for file by file."""
    return LineTable(text)
