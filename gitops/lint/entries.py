"""Fixes of whole entries of a mapping: one that is taken out, put in or moved, a value or a key that is renamed.

Each is None where the text is laid out in a way that this does not know, such as on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gitops.language.plain_scalars import resolve
from gitops.language.position import Path, Span
from gitops.language.quoting import quote
from gitops.lint.finding import Edit, Fix
from gitops.lint.lookup import NOT_THERE, value_at

if TYPE_CHECKING:
    from gitops.language.document import Document

_STEP = "  "
_PLAIN = re.compile(r"[A-Za-z0-9_@/][\w.@/-]*", re.ASCII)


def as_yaml(text: str) -> str:
    """A text as a YAML value or key: in quotes where it would be read as something else without."""
    if _PLAIN.fullmatch(text) and text[0] != "@" and resolve(text) == text:
        return text
    import json  # where it is needed: most fixes are plain names

    return json.dumps(text, ensure_ascii=False)


def renaming(document: Document, path: Path, name: str, *, key: bool = False, safe: bool = False) -> Fix | None:
    """Write a name over a value, or over its key."""
    if value_at(document.data, path) is NOT_THERE:
        return None
    return Fix(f"write {quote(name)}", (Edit(document.span(path, key=key), as_yaml(name)),), safe=safe)


def removal(document: Document, path: Path, *, safe: bool = False) -> Fix | None:
    """Take out an entry with its lines."""
    lines = _lines(document, path)
    return None if lines is None else Fix(f"delete {quote(str(path[-1]))}", (Edit(lines, ""),), safe=safe)


def addition(document: Document, path: Path, name: str, text: str) -> Fix | None:
    """Put an entry behind the last one of a mapping; the mapping is made when it is not there."""
    return additions(document, path, [(name, text)])


def additions(document: Document, path: Path, entries: Iterable[tuple[str, str]]) -> Fix | None:
    """Put entries, each a name and its YAML, behind the last one of a mapping."""
    listed = list(entries)
    written = [f"{name}:{'' if text.startswith(chr(10)) else ' '}{text}" for name, text in listed]
    edit = _addition(document, path, "\n".join(written))
    return None if edit is None else Fix(f"add {', '.join(quote(name) for name, _ in listed)}", (edit,))


def moving(document: Document, path: Path, to: Path) -> Fix | None:
    """Put an entry with its lines into another mapping, behind its last one."""
    lines, holder = _lines(document, path), value_at(document.data, to)
    if lines is None or (isinstance(holder, dict) and path[-1] in holder):
        return None
    text = _outdented([document.line(number) for number in range(lines.line, lines.end_line)])
    message = f"move {quote(str(path[-1]))}"
    if text is not None and _is_last(document, path, to):
        before = document.span((*to, path[len(to)]), key=True).column - 1
        return Fix(message, (Edit(lines, _indented(text, before) + "\n"),))
    edit = None if text is None else _addition(document, to, text)
    return None if edit is None else Fix(message, (edit, Edit(lines, "")))


def _addition(document: Document, path: Path, text: str) -> Edit | None:
    """The edit that puts the text of entries behind the last one of a mapping."""
    holder = value_at(document.data, path)
    if holder is NOT_THERE and path:
        return _addition(document, path[:-1], f"{path[-1]}:\n{_indented(text, len(_STEP))}")
    if not isinstance(holder, dict) or not holder:
        return None
    last = next(reversed(holder))
    key, value = document.span((*path, last), key=True), document.span((*path, last))
    before, number = document.line(key.line)[: key.column - 1], max(value.end_line, key.end_line)
    line = document.line(number)
    after = line[(value.end_column if value.end_line == number else key.end_column) - 1 :]
    if before.strip(" -") or not _ends_line(after.removeprefix(":")):
        return None
    return Edit(Span(number, len(line) + 1, number, len(line) + 1), "\n" + _indented(text, len(before)))


def _lines(document: Document, path: Path) -> Span | None:
    """The lines of an entry; None when something else stands on them."""
    if value_at(document.data, path) is NOT_THERE:
        return None
    key, value = document.span(path, key=True), document.span(path)
    last = max(value.end_line, key.end_line)
    after = document.line(last)[(value.end_column if value.end_line == last else key.end_column) - 1 :]
    if document.line(key.line)[: key.column - 1].strip() or not _ends_line(after.removeprefix(":")):
        return None
    return Span(key.line, 1, last + 1, 1)


def _is_last(document: Document, path: Path, to: Path) -> bool:
    """Whether nothing follows an entry in all that stands in the mapping."""
    for length in range(len(to) + 1, len(path)):
        holder, step = value_at(document.data, path[:length]), path[length]
        last = (
            len(holder) - 1 if isinstance(holder, list) else next(reversed(holder)) if isinstance(holder, dict) else 0
        )
        if step != last:
            return False
    return path[: len(to)] == to


def _ends_with(holder: object, step: str | int) -> bool:
    """Whether a step leads to the last entry or item of a mapping or list."""
    if isinstance(holder, list):
        return step == len(holder) - 1
    return isinstance(holder, dict) and step == next(reversed(holder))


def _outdented(lines: list[str]) -> str | None:
    """Lines without the indentation of the first; None when one has less."""
    indentation = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if any(line.strip() and not line.startswith(indentation) for line in lines):
        return None
    return "\n".join(line[len(indentation) :] for line in lines)


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line.strip() else line for line in text.split("\n"))


def _ends_line(rest: str) -> bool:
    """Whether nothing but a comment follows."""
    return not rest.strip() or rest.lstrip().startswith("#")
