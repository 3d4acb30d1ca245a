"""Fixes of whole entries of a mapping: one that is taken out, one that is put in, a value or a key that is renamed.

Each is None where the text is laid out in a way that this does not know, such as on one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gitops.language.position import Path, Span
from gitops.language.quoting import quote
from gitops.lint.finding import Edit, Fix
from gitops.lint.lookup import NOT_THERE, value_at

if TYPE_CHECKING:
    from gitops.language.document import Document

_STEP = "  "


def renaming(document: Document, path: Path, name: str, *, key: bool = False) -> Fix | None:
    """Write a name over a value, or over its key."""
    if value_at(document.data, path) is NOT_THERE:
        return None
    return Fix(f"write {quote(name)}", (Edit(document.span(path, key=key), name),))


def removal(document: Document, path: Path, *, safe: bool = False) -> Fix | None:
    """Take out an entry with its lines."""
    if value_at(document.data, path) is NOT_THERE:
        return None
    key, value = document.span(path, key=True), document.span(path)
    last = max(value.end_line, key.end_line)
    after = document.line(last)[(value.end_column if value.end_line == last else key.end_column) - 1 :]
    if document.line(key.line)[: key.column - 1].strip() or not _ends_line(after.removeprefix(":")):
        return None
    return Fix(f"delete {quote(str(path[-1]))}", (Edit(Span(key.line, 1, last + 1, 1), ""),), safe=safe)


def addition(document: Document, path: Path, name: str, text: str) -> Fix | None:
    """Put an entry behind the last one of a mapping; the mapping is made when it is not there."""
    edit = _addition(document, path, name, text)
    return None if edit is None else Fix(f"add {quote(name)}", (edit,))


def _addition(document: Document, path: Path, name: str, text: str) -> Edit | None:
    holder = value_at(document.data, path)
    if holder is NOT_THERE and path:
        return _addition(document, path[:-1], str(path[-1]), f"\n{_STEP}{name}: {text}")
    if not isinstance(holder, dict) or not holder:
        return None
    last = next(reversed(holder))
    key, value = document.span((*path, last), key=True), document.span((*path, last))
    before = document.line(key.line)[: key.column - 1]
    line = document.line(value.end_line)
    if before.strip(" -") or not _ends_line(line[value.end_column - 1 :]):
        return None
    end = len(line) + 1
    written = f"\n{name}:{'' if text.startswith(chr(10)) else ' '}{text}".replace("\n", "\n" + " " * len(before))
    return Edit(Span(value.end_line, end, value.end_line, end), written)


def _ends_line(rest: str) -> bool:
    """Whether nothing but a comment follows."""
    return not rest.strip() or rest.lstrip().startswith("#")
