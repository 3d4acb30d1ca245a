"""The way from a line up to the root: the path of a place, told from the indentation of the lines above it."""

from __future__ import annotations

from collections.abc import Sequence

from gitops.language.position import Path
from gitops.lsp.structure import Line


class Climb:
    """The lines above a place, climbed once.

    `keys` are those of the place's own mapping, the nearest first; `column` is where they stand.
    """

    def __init__(self, above: Sequence[Line | None]) -> None:
        self._above = above
        self._path: list[str | int] = []
        self._index = 0
        self._in_list = False
        self._at_start = True
        self.keys: list[str] = []
        self.column = self._column = 0

    def of_key(self, column: int) -> Path:
        """The path of the mapping that a key in a column belongs to."""
        self._column = self.column = column
        return self._up()

    def of_item(self, dashes: tuple[int, ...]) -> Path:
        """The path of the item behind the last of the dashes."""
        self._column, self._in_list, self._at_start = dashes[0], True, False
        return (*self._up(), *(0 for _ in dashes[1:]))

    def of_owner(self) -> Path:
        """The path of the value that the last line begins."""
        last = self._above[-1]
        assert last is not None  # noqa: S101 - the owner of a block scalar is a line
        self._above = self._above[:-1]
        holder = self.of_item(last.dashes) if last.dashes else self.of_key(last.column)
        return holder if last.key is None else (*holder, last.key)

    def _up(self) -> Path:
        for line in reversed(self._above):
            if line is not None and self._column >= 0:
                if line.key is not None:
                    self._meet_key(line, line.key)
                for dash in reversed(line.dashes):
                    self._meet_dash(dash)
        if self._in_list:
            self._path.append(self._index)
        return tuple(reversed(self._path))

    def _meet_key(self, line: Line, key: str) -> None:
        if self._in_list:
            if line.column <= self._column:
                self._leave(line.column, self._index, key)
            return
        if self._at_start and line.column < self._column and line.inline and not line.block:
            # The place is deeper than a key that has its value already: it was meant to stand beside that key.
            self._column = self.column = line.column
        if line.column < self._column:
            self._leave(line.column, key)
        elif line.column == self._column and self._at_start:
            self.keys.append(key)

    def _meet_dash(self, dash: int) -> None:
        if self._in_list and dash == self._column:
            self._index += 1
        elif dash < self._column:
            self._leave(dash, *([self._index] if self._in_list else []))
            self._in_list = True

    def _leave(self, column: int, *steps: str | int) -> None:
        """Go on with what encloses this place."""
        self._path += steps
        self._column, self._in_list, self._index, self._at_start = column, False, 0, False
