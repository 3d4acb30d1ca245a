"""The comments of a text, and what they are about: a line, and the entries and items that begin on it.

A `#` within a text, be it quoted, in a block or plain, begins no comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from gitops.language.composer import Part, compose, parts
from gitops.language.document import Document
from gitops.language.position import LineTable, Span, line_table

_SIGN = re.compile(r"(?<![^ \t\r\n\x85\u2028\u2029])#[^\r\n\x85\u2028\u2029]*")
_HEADER_END = re.compile(r"[\r\n\x85\u2028\u2029]|$")
_BLOCKS = frozenset({"|", ">"})


class Comment(NamedTuple):
    """A comment: its text from the `#` on, the offset of that, and whether it has its line for itself."""

    text: str
    start: int
    alone: bool


class Reach(NamedTuple):
    """What a comment is about: lines, and a collection whose key is on the first of them, though it begins later."""

    first: int
    last: int
    collection: Span | None = None


class Comments:
    """The comments of a document; none when it has no data that tells them from texts."""

    def __init__(self, document: Document) -> None:
        self._text = document.source
        self._limits = document.limits
        self._readable = not compose(document.source, document.limits).problems

    @property
    def _table(self) -> LineTable:
        return line_table(self._text)

    @cached_property
    def _parts(self) -> list[Part]:
        return list(parts(self._text, limits=self._limits)) if self._readable else []

    def __iter__(self) -> Iterator[Comment]:
        texts = _merged(_protected(self._text, self._parts))
        starts = [start for start, _ in texts]
        at = 0
        while self._parts and (match := _SIGN.search(self._text, at)):
            around = bisect_right(starts, match.start()) - 1
            end = texts[around][1] if around >= 0 else 0
            if match.start() < end:
                at = end
                continue
            at = match.end()
            yield Comment(match[0], match.start(), self._is_alone(match.start()))

    def reach(self, comment: Comment) -> Reach | None:
        """The line of a comment, or the next one with content when it is alone; all of an item that begins there.

        An entry is all there when its value begins on its line. None for a comment with nothing below it.
        """
        line = self._table.position(comment.start)[0]
        target = self._next(line) if comment.alone else line
        if target is None:
            return None
        begun = self._by_line.get(target, ())
        ends = [self._last_line(part) for part in begun if part.item or self._is_at_hand(part, target)]
        collections = [part for part in begun if not part.item and not self._is_at_hand(part, target)]
        far = self._table.span(collections[0].value, collections[0].end) if collections else None
        return Reach(target, max([target, *ends]), far)

    @cached_property
    def _by_line(self) -> dict[int, list[Part]]:
        found: dict[int, list[Part]] = {}
        for part in sorted(self._parts, key=lambda part: part.start):
            found.setdefault(self._begin(part), []).append(part)
        return found

    def _begin(self, part: Part) -> int:
        """The line of a key, or that of the hyphen of an item."""
        line, column = self._table.position(part.start)
        if not part.item or self._table.line(line)[: column - 1].strip():
            return line
        return next(self._above(line), line)

    def _above(self, line: int) -> Iterator[int]:
        """The lines with content above a line, the nearest first."""
        return (number for number in range(line - 1, 0, -1) if self._holds_content(number))

    def _next(self, line: int) -> int | None:
        below = range(line + 1, len(self._table) + 1)
        return next((number for number in below if self._holds_content(number)), None)

    def _holds_content(self, line: int) -> bool:
        text = self._table.line(line).lstrip()
        return bool(text) and not text.startswith("#")

    def _is_at_hand(self, part: Part, line: int) -> bool:
        return part.style is not None or self._table.position(part.value)[0] == line

    def _last_line(self, part: Part) -> int:
        return self._table.span(part.value, part.end).end_line

    def _is_alone(self, start: int) -> bool:
        line, column = self._table.position(start)
        return not self._table.line(line)[: column - 1].strip()


def _protected(text: str, found: Iterable[Part]) -> Iterator[tuple[int, int]]:
    """The stretches of texts; the first line of a block may end with a comment."""
    for part in found:
        if part.style in _BLOCKS:
            header = _HEADER_END.search(text, part.value)
            yield header.start() if header else part.end, part.end
        elif part.style is not None:
            yield part.value, part.end


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted({stretch for stretch in stretches if stretch[0] < stretch[1]})
