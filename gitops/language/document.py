"""Text to document: plain data, the place of every path in it, and everything that is wrong with the text itself.

`parse` is the one door to YAML. It never raises: what cannot be read is a problem with a place.
"""

from __future__ import annotations

from typing import NamedTuple

from gitops.language import composer
from gitops.language.builder import build
from gitops.language.composer import Spot
from gitops.language.position import START, Path, Span, line_table
from gitops.language.problem import LIMITS, Limits, Problem
from gitops.language.syntax_words import NOT_UTF8

__all__ = ["LIMITS", "Document", "Limits", "Path", "Problem", "Span", "Spot", "parse"]

_MARK = "\ufeff"


class Document(NamedTuple):
    """A text and what it says: dicts with text keys, lists, text, numbers, booleans and None."""

    source: str
    data: object
    problems: tuple[Problem, ...] = ()
    limits: Limits = LIMITS

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Where the value of a path stands, or its key; its nearest ancestor when it is not there."""
        return composer.locate(self.source, path, key=key, limits=self.limits)

    def span_within(self, path: Path, start: int, end: int, *, key: bool = False) -> Span:
        """Where a stretch of a text stands, given by offsets into the value (or into the key) at a path."""
        return composer.locate_within(self.source, path, start, end, key=key, limits=self.limits)

    def spot(self, offset: int) -> Spot:
        """What stands at an offset into the text."""
        return composer.spot(self.source, offset, limits=self.limits)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        return line_table(self.source).line(number)


def parse(source: str | bytes, *, limits: Limits = LIMITS) -> Document:
    """Read a text; whatever it holds, the answer is a document and its problems."""
    text, problem = _decode(source)
    problem = _too_large(source, limits) or problem
    if problem is not None:
        return Document(text, None, (problem,), limits)
    composition = composer.compose(text, limits)
    data, problems = build(text, composition, limits)
    if not problems and not isinstance(data, dict):
        problems = (_not_a_mapping(data),)
    return Document(text, data, problems, limits)


def _decode(source: str | bytes) -> tuple[str, Problem | None]:
    """The text without a byte order mark, and what is wrong with its bytes."""
    try:
        whole = source.decode() if isinstance(source, bytes) else source.encode().decode()
    except UnicodeError as error:
        return _replaced(source, error)
    return whole.removeprefix(_MARK), None


def _replaced(source: str | bytes, error: UnicodeError) -> tuple[str, Problem]:
    text = source.decode(errors="replace") if isinstance(source, bytes) else source.encode(errors="replace").decode()
    start = getattr(error, "start", 0)
    offset = len(source[:start].decode()) if isinstance(source, bytes) else start
    text, offset = text.removeprefix(_MARK), offset - text.startswith(_MARK)
    span = line_table(text).span(offset, offset + 1)
    return text, Problem("yaml-syntax", NOT_UTF8.message, span, help=NOT_UTF8.help)


def _too_large(source: str | bytes, limits: Limits) -> Problem | None:
    size = len(source) if isinstance(source, bytes) else len(source.encode(errors="replace"))
    if size <= limits.size:
        return None
    return Problem(
        "yaml-limits",
        "the file is too large",
        START,
        expected=f"at most {limits.size:,} bytes",
        found=f"{size:,} bytes",
        help="move scripts and data to namespace files",
    )


def _not_a_mapping(data: object) -> Problem:
    found = "nothing" if data is None else "a list" if isinstance(data, list) else "a single value"
    message = "the file is empty" if data is None else "the file does not hold a flow"
    return Problem("empty-file", message, START, expected="a mapping with `id`, `namespace` and `tasks`", found=found)
