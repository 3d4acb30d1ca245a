"""Logging commands of Azure Pipelines: each finding becomes an issue of the step.

The agent knows errors and warnings only, and shows ten of each for a step: information is printed as plain lines, and
the worst findings come first.
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report
from gitops.lint.telling.view import View
from gitops.lint.telling.wording import calm, paragraph, severest

_ESCAPED = str.maketrans({"%": "%AZP25", ";": "%3B", "\r": "%0D", "\n": "%0A", "]": "%5D"})
_COMMAND = "##"


def render(report: Report, view: View) -> Iterator[str]:  # noqa: ARG001 - commands look the same everywhere
    """One command, or one line, a finding."""
    for finding in severest(report.findings):
        yield _line(finding) if finding.severity is Severity.INFO else _command(finding)


def _command(finding: Finding) -> str:
    properties = {
        "type": finding.severity.value,
        "sourcepath": finding.file,
        "linenumber": finding.span.line,
        "columnnumber": finding.span.column,
        "code": finding.rule,
    }
    told = ";".join(f"{name}={_escaped(str(value))}" for name, value in properties.items())
    return f"##vso[task.logissue {told}]{_escaped(paragraph(finding))}\n"


def _line(finding: Finding) -> str:
    place = f"{finding.file}:{finding.span.line}:{finding.span.column}"
    return f"{_harmless(f'{place}: info: {finding.message} [{finding.rule}]')}\n"


def _escaped(text: str) -> str:
    return _harmless(calm(text), line_end="\n").translate(_ESCAPED)


def _harmless(text: str, *, line_end: str = " ") -> str:
    """A text that holds no command: the agent looks for them in the middle of lines too."""
    return calm(text).replace("\n", line_end).replace(f"{_COMMAND}vso[", "## vso[").replace(f"{_COMMAND}[", "## [")
