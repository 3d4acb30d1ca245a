"""The fix of an expression without quotes: the quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gitops.language.position import Span
from gitops.lint.finding import Edit, Fix

if TYPE_CHECKING:
    from gitops.language.document import Document
    from gitops.language.problem import Problem

_RULE = "unquoted-expression"
_EXPRESSION = re.compile(r"\{\{[^{}]*\}\}")
_REST = re.compile(r"(?:(?! #).)*\}\}(?:(?! #).)*?(?=\s*(?: #|$))")


def quotation(document: Document, problem: Problem) -> Fix | None:
    """Quotes around an expression and the text behind it; None for other problems, and where it ends on another line.

    It is safe: without quotes the file is no flow at all.
    """
    if problem.rule != _RULE:
        return None
    line, start = document.line(problem.span.line), problem.span.column - 1
    found = _extent(line[:start]).match(line, start)
    if found is None or _is_key(line, found.end()):
        found = _EXPRESSION.match(line, start)
    if found is None:
        return None
    span = Span(problem.span.line, start + 1, problem.span.line, found.end() + 1)
    return Fix("put it in quotes", (Edit(span, _quoted(found[0])),), safe=True)


def _extent(before: str) -> re.Pattern[str]:
    """What belongs to the text: the expression alone in a list or mapping on one line, else the rest of the line."""
    return _EXPRESSION if "[" in before or "{" in before else _REST


def _is_key(line: str, end: int) -> bool:
    return bool(re.search(r"\}\}\s*:(?:\s|$)", line[:end]))


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
