"""A text that cannot be parsed at the moment, read all the same: what is in the way is blanked, offsets stay.

While somebody types, most texts are wrong somewhere; what stands around that place is still worth knowing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gitops.language.document import Document, Problem, parse
from gitops.language.position import line_table
from gitops.lint.offsets import Offsets

_ROUNDS, _ROUNDS_OF_LARGE_TEXTS = 6, 2
_LARGE = 30_000
_BROKEN = ("yaml-syntax", "unquoted-expression")
_FARTHEST_QUOTE = 60
_KEY = re.compile(r"\s*(?:-\s+)*[\w.'\"$-]+\s*:(?=\s|$)")
_NOT_BREAKS = re.compile(r"[^\r\n]")


def readable(text: str) -> Document:
    """The document of a text, without the lines that cannot be parsed; its source is as long as the text."""
    document = parse(text)
    for _ in range(_ROUNDS if len(text) < _LARGE else _ROUNDS_OF_LARGE_TEXTS):
        problem = _obstacle(document)
        if problem is None:
            break
        document = max(_attempts(document, problem), key=_reach)
    return document


def blanked(text: str, start: int, end: int) -> str:
    """A text with spaces in a stretch of it; its lines stay."""
    return text[:start] + _NOT_BREAKS.sub(" ", text[start:end]) + text[end:]


def _obstacle(document: Document) -> Problem | None:
    if document.data is not None:
        return None
    return next((problem for problem in document.problems if problem.rule in _BROKEN), None)


def _reach(document: Document) -> tuple[bool, int]:
    """Whether all of a text can be read, else how far."""
    problem = _obstacle(document)
    return (True, 0) if problem is None else (False, problem.span.line)


def _attempts(document: Document, problem: Problem) -> Iterator[Document]:
    """The document without one of the lines that may be to blame: first without its value, then without all of it."""
    offsets = Offsets(document.source)
    for number in dict.fromkeys(_suspects(document, problem)):
        start, end = offsets.offset(number, 1), offsets.offset(number, 1 << 30)
        key = _KEY.match(document.source, start, end)
        if key and document.source[key.end() : end].strip():
            yield parse(blanked(document.source, key.end(), end))
        yield parse(blanked(document.source, start, end))


def _suspects(document: Document, problem: Problem) -> Iterator[int]:
    """The lines that may be to blame for a problem."""
    here = _written(document, problem.span.line)
    yield here
    if problem.related is not None:
        yield problem.related.line
    for number in range(here, max(0, here - _FARTHEST_QUOTE), -1):
        if document.line(number).replace('\\"', "").count('"') % 2:
            yield number
            break
    if here > 1:
        yield _written(document, here - 1)


def _written(document: Document, number: int) -> int:
    """The line, or the nearest above it that is not blank."""
    number = min(number, len(line_table(document.source)))
    while number > 1 and not document.line(number).strip():
        number -= 1
    return number
