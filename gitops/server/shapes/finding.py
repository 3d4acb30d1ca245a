"""Findings as the API answers them; the same members as the linter's JSON output."""

from __future__ import annotations

from gitops.lint.finding import Finding
from gitops.server.shapes.shape import Shape


class RelatedShape(Shape):
    """A second place that a finding is about."""

    path: str
    line: int
    column: int
    message: str


class FindingShape(Shape):
    """One thing that a rule or the schema objects to."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: str
    rule: str
    message: str
    expected: str | None = None
    found: str | None = None
    help: str | None = None
    excerpt: str | None = None
    related: list[RelatedShape] | None = None


def finding_shape(finding: Finding) -> FindingShape:
    """A finding."""
    span = finding.span
    return FindingShape(
        path=finding.file,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        severity=finding.severity,
        rule=finding.rule,
        message=finding.message,
        expected=finding.expected,
        found=finding.found,
        help=finding.help,
        excerpt=finding.excerpt,
        related=[
            RelatedShape(path=each.file, line=each.span.line, column=each.span.column, message=each.message)
            for each in finding.related
        ]
        or None,
    )
