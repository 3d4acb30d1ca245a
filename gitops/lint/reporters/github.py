"""Workflow commands of GitHub Actions: each finding becomes an annotation on its line.

GitHub shows ten annotations of each severity for a step, so the first lines are the worst findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report
from gitops.lint.telling.view import View
from gitops.lint.telling.wording import calm, paragraph, severest

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, view: View) -> Iterator[str]:  # noqa: ARG001 - commands look the same everywhere
    """One command a finding."""
    for finding in severest(report.findings):
        properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding))
        yield f"::{_COMMANDS[finding.severity]} {properties}::{calm(paragraph(finding)).translate(_IN_MESSAGE)}\n"


def _properties(finding: Finding) -> Iterator[tuple[str, object]]:
    span = finding.span
    yield "title", f"gitops lint: {finding.rule}"
    yield "file", finding.file
    yield "line", span.line
    yield "endLine", span.end_line
    # Columns are refused for what goes over several lines.
    if span.line == span.end_line:
        yield "col", span.column
        yield "endColumn", span.end_column


def _property(value: object) -> str:
    return calm(str(value)).translate(_IN_PROPERTY)
