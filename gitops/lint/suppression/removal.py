"""The fixes of comments that suppress nothing: without the comment, or without some of its names."""

from __future__ import annotations

from collections.abc import Sequence

from gitops.language.document import Document
from gitops.language.position import Span
from gitops.lint.finding import Edit, Fix
from gitops.lint.suppression.suppression import Named


def removal(document: Document, span: Span) -> Fix:
    """Delete a comment, with its line when it has that for itself. What else is said there stays."""
    line = document.line(span.line)
    before, after = line[: span.column - 1], line[span.end_column - 1 :]
    if before.strip() and not after.strip():
        place = Span(span.line, len(before.rstrip()) + 1, span.line, len(line) + 1)
    elif after.strip():
        place = span._replace(end_column=len(line) - len(after.lstrip()) + 1)
    else:
        place = Span(span.line, 1, span.line + 1, 1)
    return Fix("delete the comment", (Edit(place, ""),), safe=True)


def removal_of_name(names: Sequence[Named], name: Named) -> Fix:
    """Delete one name of several, with the comma that it does not need any more."""
    at = names.index(name)
    if at + 1 < len(names):
        following = names[at + 1].span
        place = name.span._replace(end_line=following.line, end_column=following.column)
    else:
        before = names[at - 1].span
        place = name.span._replace(line=before.end_line, column=before.end_column)
    return Fix("delete the name", (Edit(place, ""),), safe=True)
