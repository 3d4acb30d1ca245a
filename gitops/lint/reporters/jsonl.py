"""The report for programs that read as it comes: each finding is an object on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.report import Report
from gitops.lint.reporters.json_ import VERSION, finding_object
from gitops.lint.telling.json_text import json_text
from gitops.lint.telling.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The findings that are told; each line says in which version it is written."""
    for finding, fingerprint in zip(report.findings, view.fingerprints(report), strict=False):
        found = finding_object(finding, view.text_of(finding), fingerprint)
        yield json_text({"version": VERSION, **found}) + "\n"
