"""reviewdog's diagnostics, with suggestions that can be taken over in a review.

Its columns count the bytes of UTF-8. A suggestion is one replacement, so edits in several places become one that covers
what lies between them.
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Span
from gitops.lint.addresses import page_address
from gitops.lint.finding import Finding
from gitops.lint.fixing import spanning
from gitops.lint.offsets import Offsets
from gitops.lint.report import Report
from gitops.lint.telling.excerpts import hides
from gitops.lint.telling.json_text import json_text
from gitops.lint.telling.view import View
from gitops.lint.telling.wording import paragraph, severest


def render(report: Report, view: View) -> Iterator[str]:
    """One object; its severity is that of the worst finding."""
    whole: dict[str, object] = {"source": {"name": "gitops"}}
    if report.findings:
        whole["severity"] = severest(report.findings)[0].severity.upper()
    whole["diagnostics"] = [_entry(finding, view) for finding in report.findings]
    yield json_text(whole) + "\n"


def _entry(finding: Finding, view: View) -> dict[str, object]:
    text = view.texts(finding.file)
    address = page_address(finding.rule)
    members: dict[str, object] = {
        "message": paragraph(finding),
        "location": {"path": finding.file, "range": _range(finding.span, text)},
        "severity": finding.severity.upper(),
        "code": {"value": finding.rule} | ({"url": address} if address else {}),
    }
    suggestions = [*_suggestions(finding, text)]
    return members | ({"suggestions": suggestions} if suggestions else {})


def _suggestions(finding: Finding, text: str | None) -> Iterator[dict[str, object]]:
    if finding.fix is None or text is None or not finding.fix.edits:
        return
    edit = spanning(text, finding.fix.edits)
    if not hides(text, edit.span):
        yield {"range": _range(edit.span, text), "text": edit.text}


def _range(span: Span, text: str | None) -> dict[str, object]:
    return {
        "start": {"line": span.line, "column": _bytes(text, span.line, span.column)},
        "end": {"line": span.end_line, "column": _bytes(text, span.end_line, span.end_column)},
    }


def _bytes(text: str | None, line: int, column: int) -> int:
    """A column counted in bytes, from 1; as it is when the text is not known."""
    return column if text is None else Offsets(text).for_editor(line, column, "utf-8").character + 1
