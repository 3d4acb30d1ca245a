"""The word of an expression under a cursor: a step of a path, a function, a filter or a test, and what it is."""

from __future__ import annotations

from gitops.language.document import Spot
from gitops.language.expression.tree import Span as Stretch
from gitops.lint.expressions.references import Reference, read
from gitops.lint.lookup import value_at
from gitops.lsp.around import Around
from gitops.lsp.documents import OpenDocument
from gitops.lsp.functions import WORDS, call, says
from gitops.lsp.known import Knowledge
from gitops.lsp.variables import Known

Page = tuple[str, Stretch]
"""Markdown about a word, and where the word stands in its text."""


def word_at(document: OpenDocument, spot: Spot, around: Around) -> Page | None:
    """The page of the word at a place; None where there is none, or nothing is known of it."""
    text = spot.path[-1] if spot.key else value_at(document.reading.data, spot.path)
    if spot.within is None or not isinstance(text, str) or "{" not in text:
        return None
    found = read(text)
    for each in found.calls:
        if each.span.start <= spot.within <= each.span.end and each.name in WORDS[each.kind]:
            parts = (f"`{call(each.kind, each.name)}`", says(each.kind, each.name))
            return "\n\n".join(part for part in parts if part), each.span
    for reference in found.references:
        page = _of_reference(document, spot, reference, around)
        if page is not None:
            return page
    return None


def _of_reference(document: OpenDocument, spot: Spot, reference: Reference, around: Around) -> Page | None:
    offset = spot.within or 0
    index = next((n for n, span in enumerate(reference.step_spans) if span.start <= offset <= span.end), None)
    if index is None:
        return None
    span, steps = reference.step_spans[index], reference.steps[: index + 1]
    if reference.local:
        return ("A variable of this text.", span) if index == 0 else None
    known = Knowledge(document.subject, spot.path, around.survey).at(steps)
    return None if known is None else (_page(known, ".".join(map(str, steps))), span)


def _page(known: Known, name: str) -> str:
    return "\n\n".join(part for part in (f"`{name}`: {known.kind}" if known.kind else f"`{name}`", known.page) if part)
