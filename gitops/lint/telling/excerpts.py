"""Lines of source below a finding: with marks under what it is about, and what a fix would make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gitops.language.position import Span, line_table
from gitops.lint.finding import Edit
from gitops.lint.fixing import apply
from gitops.lint.telling.terminal import cells, printable, visible

MOST_CELLS = 140
"""A longer line is shown in part, around what is marked."""
MOST_LINES = 12
"""The most lines of a fix that are shown."""

_BEFORE = 40
_CUT = "…"


class ChangedLine(NamedTuple):
    """A line that a fix takes away or puts there, by its number before or after."""

    sign: str
    number: int
    text: str


def source_line(text: str | None, number: int) -> str | None:
    """A line of a file without secrets; None when it is too long to show or not known."""
    if text is None:
        return None
    from gitops.language.document import Document  # where it is needed: it takes long to import, and facts may be known
    from gitops.lint.masking import masked_line

    return masked_line(Document(text, None), number)


def hides(text: str, span: Span) -> bool:
    """Whether one of the lines that a span lies in is not shown as it is."""
    table = line_table(text)
    return any(source_line(text, number) != table.line(number) for number in range(span.line, span.end_line + 1))


def marked(line: str, span: Span) -> tuple[str, str, str]:
    """A line as it is shown, and below it space and marks: under the part of the span that is in its first line."""
    parts = [visible(character) for character in line]
    first = min(span.column - 1, len(parts))
    last = min(span.end_column - 1, len(parts)) if span.end_line == span.line else len(parts)
    begin, end = _window(parts, first)
    head = _CUT if begin else ""
    tail = _CUT if end < len(parts) else ""
    space = " " * cells(head + "".join(parts[begin:first]))
    marks = "^" * max(1, cells("".join(parts[first : min(last, end)])))
    return f"{head}{''.join(parts[begin:end])}{tail}", space, marks


def _window(parts: Sequence[str], first: int) -> tuple[int, int]:
    """The part of a line that is shown: all of it, or what stands around a character."""
    widths = [cells(part) for part in parts]
    if sum(widths) <= MOST_CELLS:
        return 0, len(parts)
    begin = max(0, min(first, len(parts) - 1) - _BEFORE)
    end, used = begin, 0
    while end < len(parts) and used + widths[end] <= MOST_CELLS:
        used += widths[end]
        end += 1
    return begin, end


def changed_lines(text: str, edits: Iterable[Edit]) -> list[ChangedLine]:
    """The lines that a fix takes away and puts there, place by place."""
    return [line for group in _neighbours(edits) for line in _changed(text, group)]


def _neighbours(edits: Iterable[Edit]) -> list[list[Edit]]:
    """Edits in groups that share lines."""
    groups: list[list[Edit]] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if groups and edit.span.line <= max(each.span.end_line for each in groups[-1]):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _changed(text: str, edits: Sequence[Edit]) -> Iterator[ChangedLine]:
    after = apply(text, edits)
    first = min(edit.span.line for edit in edits)
    old, new = _lines(text, first), _lines(after, first)
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    begin = first + same
    tail = _common_end(old[same:], new[same:])
    yield from _numbered("-", text, begin, len(old) - same - tail)
    yield from _numbered("+", after, begin, len(new) - same - tail)


def _lines(text: str, first: int) -> list[str]:
    table = line_table(text)
    return [table.line(number) for number in range(first, len(table) + 1)]


def _common_end(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = zip(reversed(old), reversed(new), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _numbered(sign: str, text: str, first: int, count: int) -> Iterator[ChangedLine]:
    for number in range(first, first + count):
        line = source_line(text, number)
        yield ChangedLine(sign, number, _CUT if line is None else _shortened(printable(line)))


def _shortened(line: str) -> str:
    return line if len(line) <= MOST_CELLS else f"{line[: MOST_CELLS - 1]}{_CUT}"
