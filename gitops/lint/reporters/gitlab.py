"""The code quality report of GitLab: one list, in which each finding has a fingerprint of its own."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report
from gitops.lint.telling.json_text import json_text
from gitops.lint.telling.view import View
from gitops.lint.telling.wording import calm, paragraph

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, view: View) -> Iterator[str]:
    """The list; it is there and empty when nothing was found, so that GitLab sees what is gone."""
    entries = [_entry(finding, mark) for finding, mark in zip(report.findings, view.fingerprints(report), strict=False)]
    yield json_text(entries, indent=2) + "\n"


def _entry(finding: Finding, mark: str) -> dict[str, object]:
    span = finding.span
    return {
        "description": calm(paragraph(finding)),
        "check_name": finding.rule,
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.file, "lines": {"begin": span.line, "end": span.end_line}},
    }
