"""The report for programs: one JSON object, with a version that changes when a member does."""

from __future__ import annotations

import json

from gitops.lint.finding import Finding
from gitops.lint.report import Report

VERSION = 2


def render(report: Report, *, color: bool) -> str:  # noqa: ARG001 - JSON has no colours
    """The report as JSON; members that hold nothing are left out."""
    summary = {"files": report.files, "skipped": report.skipped}
    summary.update({severity.value: number for severity, number in report.counts().items()})
    findings = [finding_object(finding) for finding in report.findings]
    return json.dumps({"version": VERSION, "findings": findings, "summary": summary}, indent=2) + "\n"


def finding_object(finding: Finding) -> dict[str, object]:
    """A finding with the members that the API has too."""
    span = finding.span
    members = {
        "path": finding.file,
        "line": span.line,
        "column": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "message": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "help": finding.help,
        "excerpt": finding.excerpt,
        "related": [
            {"path": each.file, "line": each.span.line, "column": each.span.column, "message": each.message}
            for each in finding.related
        ]
        or None,
    }
    return {name: value for name, value in members.items() if value is not None}
