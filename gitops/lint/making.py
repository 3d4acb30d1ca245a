"""How findings are made from a document: the span, the excerpt, the anchor, and secrets left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gitops.language.document import Document
from gitops.language.expression.tree import Span as Stretch
from gitops.language.position import Path, Span
from gitops.language.problem import Problem
from gitops.lint.finding import Finding, Fix, Related, Severity
from gitops.lint.lookup import anchor
from gitops.lint.masking import MASK, holds_secret, masked_line

_RELATED = {"duplicate-key": "first used here"}
_UNSTAMPED = ""
"""The rule of a finding that has just been made: the linter writes the rule's name over it."""


class Place(NamedTuple):
    """A place in a document: the value at a path, its key, or a stretch within either."""

    path: Path
    key: bool = False
    within: Stretch | None = None

    def span(self, document: Document) -> Span:
        """Where that is."""
        if self.within is None:
            return document.span(self.path, key=self.key)
        return document.span_within(self.path, *self.within, key=self.key)


def finding(
    document: Document,
    place: Place,
    message: str,
    *,
    expected: str | None = None,
    found: str | None = None,
    help: str | None = None,  # noqa: A002 - the member's name
    related: Related | Iterable[Related] = (),
    fix: Fix | None = None,
) -> Finding:
    """A finding about a place, of no rule and no file yet."""
    if found is not None and not place.key and holds_secret(document, place.path):
        found = MASK
    span = place.span(document)
    return Finding(
        _UNSTAMPED,
        Severity.ERROR,
        message,
        "",
        span,
        expected,
        found,
        help,
        (related,) if isinstance(related, Related) else tuple(related),
        masked_line(document, span.line),
        fix,
        anchor(document.data, place.path),
    )


def problem_finding(document: Document, problem: Problem) -> Finding:
    """The finding for a problem of the text; a quoted value on a line that holds a secret is left out."""
    line = document.line(problem.span.line)
    excerpt = masked_line(document, problem.span.line)
    words = _RELATED.get(problem.rule, "it begins here")
    return Finding(
        problem.rule,
        Severity.ERROR,
        problem.message,
        "",
        problem.span,
        problem.expected,
        MASK if problem.found and excerpt != line else problem.found,
        problem.help,
        () if problem.related is None else (Related("", problem.related, words),),
        excerpt,
    )
