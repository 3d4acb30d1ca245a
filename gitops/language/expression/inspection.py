"""Templates looked into, not rendered: every output and tag with its place. It imports nothing that renders."""

from __future__ import annotations

from typing import NamedTuple

from gitops.errors import ExpressionError
from gitops.language.expression.lexer import Part, Piece, pieces
from gitops.language.expression.problems import ProblemError, explain
from gitops.language.expression.syntax import DEEPEST, parse, parse_output, parse_tag, refuse_too_deep
from gitops.language.expression.tree import Expression, Span


class ExpressionSpan(NamedTuple):
    """One `{{ ... }}` or `{% ... %}` of a template, as the linter sees it.

    `tag` is the name of the tag, None for an output. `expressions` are those inside of it; there are none when the
    piece is broken, which `error` then describes.
    """

    span: Span
    tag: str | None
    expressions: tuple[Expression, ...]
    error: ExpressionError | None = None


def expressions(source: str) -> tuple[ExpressionSpan, ...]:
    """Every output and tag of a text with its place; never raises, what is wrong is in the `error` of a span."""
    if "{" not in source:
        return ()
    found = [_inspect(piece, source) for piece in pieces(source) if piece.part is not Part.TEXT]
    spans = tuple(each for each in found if each)
    return spans if any(span.error for span in spans) else (*spans, *_structure(source))


def _inspect(piece: Piece, source: str) -> ExpressionSpan | None:
    if piece.part is Part.RAW and piece.problem is None:
        return None
    try:
        if piece.problem:
            raise piece.problem
        tag, inner = (None, (parse_output(piece),)) if piece.part is Part.OUTPUT else parse_tag(piece)
        for expression in inner if len(piece.tokens) > DEEPEST else ():
            refuse_too_deep(expression)
        return ExpressionSpan(piece.span, tag, inner)
    except ProblemError as problem:
        return ExpressionSpan(piece.span, None, (), explain(problem, source))


def _structure(source: str) -> tuple[ExpressionSpan, ...]:
    """What is wrong between the tags when each of them is right."""
    try:
        parse(source)
    except ProblemError as problem:
        return (ExpressionSpan(problem.span, None, (), explain(problem, source)),)
    return ()
