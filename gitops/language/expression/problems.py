"""What can be wrong in a template, by place: problems travel by offsets inside, and leave as ExpressionError."""

from __future__ import annotations

import re

from gitops.errors import ExpressionError
from gitops.language.expression.tree import Span

LONGEST_QUOTE = 200

FAULTS = (
    ExpressionError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    re.error,
)
"""What an operator or a built-in may raise for values that it cannot use."""


class ProblemError(Exception):
    """Something is wrong in the template's text at `span`.

    A message that is `complete` reaches the reader as it is, without the expression and the line.
    """

    def __init__(self, message: str, span: Span, *, complete: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.complete = complete


class UndefinedError(ProblemError):
    """A variable or an attribute does not exist; `??`, `default` and `is defined` recover from it."""

    def __init__(self, name: object, span: Span) -> None:
        super().__init__(f"Unable to find `{name}` used", span)


def problem_of(fault: BaseException, span: Span, *, what: str = "", subject: object = None) -> ProblemError:
    """The problem that a fault of an operator or a built-in means at its place."""
    if isinstance(fault, ExpressionError):
        return ProblemError(str(fault), span, complete=fault.line is not None)
    if what and isinstance(fault, TypeError | AttributeError | LookupError):
        # Values bring JSON, dates and decimals with them, which nobody needs who only reads expressions.
        from gitops.language.expression.values import kind

        return ProblemError(f"`{what}` cannot be used on {kind(subject)}", span)
    prefix = f"`{what}` failed: " if what else ""
    return ProblemError(f"{prefix}{fault}", span)


def explain(problem: ProblemError, source: str) -> ExpressionError:
    """The problem as the reader of the template sees it: with the expression, its line and its column."""
    line, column = position(source, problem.span.start)
    if problem.complete:
        return ExpressionError(problem.message, line=line, column=column)
    message = f"{problem.message} in the expression `{quote(source, problem.span)}` at line {line}"
    return ExpressionError(message, line=line, column=column)


def position(source: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1."""
    return source.count("\n", 0, offset) + 1, offset - (source.rfind("\n", 0, offset) + 1) + 1


def quote(source: str, span: Span) -> str:
    """The whole template when it is short, else the one tag that the span lies in."""
    if len(source) <= LONGEST_QUOTE and "\n" not in source:
        return source
    start = max(source.rfind("{{", 0, span.start + 2), source.rfind("{%", 0, span.start + 2), 0)
    ends = [end + 2 for end in (source.find("}}", start), source.find("%}", start)) if end >= 0]
    tag = source[start : min(ends, default=len(source))]
    return tag if len(tag) <= LONGEST_QUOTE else tag[: LONGEST_QUOTE - 3] + "..."
