"""Ways to spoil a flow that was right, and where it is then wrong.

A way is a function of a flow that gives the spoilt text and the lines on which the linter may say so; None where the
flow has nothing to spoil in this way. Its docstring says what an author did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from gitops.language.document import Document, parse
from gitops.language.outline import InputOutline, Outline, TaskOutline, outline
from gitops.language.position import Path


@dataclass(frozen=True)
class Spoilt:
    """A spoilt flow, and the lines (from 1) of the mistake and of what it breaks."""

    source: str
    lines: frozenset[int]


@dataclass(frozen=True)
class Original:
    """A flow that is right."""

    name: str
    source: str

    @cached_property
    def document(self) -> Document:
        """Its data and positions."""
        return parse(self.source)

    @cached_property
    def outline(self) -> Outline:
        """Its ids and types."""
        return outline(self.document)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, with their ends."""
        return self.source.splitlines(keepends=True)

    @property
    def task(self) -> TaskOutline | None:
        """Its first task."""
        return self.outline.tasks[0] if self.outline.tasks else None

    @property
    def input(self) -> InputOutline | None:
        """Its first input."""
        return next((item for item in self.outline.inputs if item.id), None)

    def at(self, path: Path) -> object:
        """The value at a path."""
        value: object = self.document.data
        for step in path:
            value = value[step]  # type: ignore[index]  # the path is of this document
        return value

    def line(self, path: Path, *, key: bool = True) -> int:
        """The line of a key, or of a value."""
        return self.document.span(path, key=key).line

    def one_line(self, path: Path) -> int | None:
        """The line of a key whose value ends on the same line, in block style; None of any other."""
        key, value = self.document.span(path, key=True), self.document.span(path)
        plain = re.fullmatch(r"\s*(- )*[\w.-]+: .+\n?", self.lines[key.line - 1])
        return key.line if key.line == value.line == value.end_line and plain else None

    def replace(self, number: int, text: str, *others: int) -> Spoilt:
        """The flow with another line; `others` are lines where it may be said too."""
        lines = [*self.lines]
        lines[number - 1] = text
        return Spoilt("".join(lines), frozenset((number, *others)))

    def change(self, number: int, pattern: str, replacement: str, *others: int) -> Spoilt | None:
        """The flow with a change in one line; None when the pattern is not there."""
        changed, count = re.subn(pattern, replacement, self.lines[number - 1], count=1)
        return self.replace(number, changed, *others) if count else None

    def without(self, first: int, last: int, *told: int) -> Spoilt:
        """The flow without some lines; `told` are lines, as they are numbered before, on which it may be said."""
        gone = last - first + 1
        moved = {line if line < first else line - gone for line in told if not first <= line <= last}
        return Spoilt("".join(self.lines[: first - 1] + self.lines[last:]), frozenset(moved))

    def insert(self, before: int, text: str, *others: int) -> Spoilt:
        """The flow with more text before a line; it may be said on the new lines, and on `others` as numbered after."""
        added = text.count("\n")
        lines = "".join([*self.lines[: before - 1], text, *self.lines[before - 1 :]])
        return Spoilt(lines, frozenset((*range(before, before + added), *others)))

    def find(self, pattern: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every line with a match."""
        for number, line in enumerate(self.lines, start=1):
            match = re.search(pattern, line)
            if match:
                yield number, match

    def first(self, pattern: str) -> tuple[int, re.Match[str]] | None:
        """The first line with a match."""
        return next(self.find(pattern), None)

    def properties(self) -> Iterator[Path]:
        """Every property of every task that stands on a line of its own."""
        for task in self.outline.tasks:
            data = self.at(task.path)
            for name in data if isinstance(data, dict) else ():
                if name not in ("id", "type", "tasks") and self.one_line((*task.path, name)):
                    yield (*task.path, name)


Way = Callable[[Original], Spoilt | None]

WAYS: dict[str, Way] = {}


def way(function: Way) -> Way:
    """Add a way; its name in words is the function's."""
    WAYS[function.__name__.replace("_", " ")] = function
    return function
