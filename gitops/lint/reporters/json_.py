"""The report for programs: one JSON object, with a version.

New members may come in any version; a version ends when a member goes or means something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Span
from gitops.lint.finding import Finding, Fix
from gitops.lint.report import Known, Report, Suppressed
from gitops.lint.telling.fixes import shown_fix
from gitops.lint.telling.json_text import json_text
from gitops.lint.telling.summing_up import by_rule
from gitops.lint.telling.view import View

VERSION = 2


def render(report: Report, view: View) -> Iterator[str]:
    """The report as JSON; members that hold nothing are left out."""
    summary = {"files": report.files, "skipped": report.skipped}
    summary.update({severity.value: number for severity, number in report.counts().items()})
    marks = view.fingerprints(report)
    whole: dict[str, object] = {
        "version": VERSION,
        "findings": [finding_object(each, view.text_of(each), next(marks)) for each in report.findings],
        "summary": summary,
    }
    if report.suppressed:
        whole["suppressed"] = [_suppressed(each, next(marks)) for each in report.suppressed]
    if report.baseline is not None:
        whole["baseline"] = {"path": report.baseline, "known": [_known(each, next(marks)) for each in report.known]}
    if view.statistics:
        whole["statistics"] = [count._asdict() for count in by_rule(report)]
    yield json_text(whole, indent=2) + "\n"


def _suppressed(suppressed: Suppressed, fingerprint: str) -> dict[str, object]:
    """A finding that a comment lets be, with what the comment says."""
    says = {"line": suppressed.line, "reason": suppressed.reason, "until": suppressed.until}
    found = finding_object(suppressed.finding, fingerprint=fingerprint)
    return found | {"suppressed": {name: value for name, value in says.items() if value is not None}}


def _known(known: Known, fingerprint: str) -> dict[str, object]:
    return finding_object(known.finding, fingerprint=fingerprint) | {"firstSeen": known.first_seen}


def finding_object(finding: Finding, text: str | None = None, fingerprint: str | None = None) -> dict[str, object]:
    """A finding with the members that the API has too; those that hold nothing are left out.

    The text of its file shows better what is secret in a fix.
    """
    members = {
        "path": finding.file,
        **_place(finding.span),
        "severity": finding.severity.value,
        "rule": finding.rule,
        "message": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "help": finding.help,
        "excerpt": finding.excerpt,
        "flow": finding.flow or None,
        "anchor": finding.anchor or None,
        "fingerprint": fingerprint,
        "related": [
            {"path": each.file, "line": each.span.line, "column": each.span.column, "message": each.message}
            for each in finding.related
        ]
        or None,
        "fix": _fix(shown_fix(finding, text)),
    }
    return {name: value for name, value in members.items() if value is not None}


def _fix(fix: Fix | None) -> dict[str, object] | None:
    if fix is None:
        return None
    edits = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"message": fix.message, "safe": fix.safe, "edits": edits}


def _place(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "endLine": span.end_line, "endColumn": span.end_column}
