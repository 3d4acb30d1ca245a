"""The report for people: the findings, or how many there are of each rule, and a line that sums them up."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.report import Report
from gitops.lint.telling.summing_up import summary
from gitops.lint.telling.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The findings, or how many there are of each rule, then one line that sums them up."""
    if report.findings or (view.suppressed and (report.suppressed or report.known)):
        from gitops.lint.telling.paragraphs import finding_lines, statistics_lines  # most runs find nothing

        lines = statistics_lines(report, view) if view.statistics else finding_lines(report, view)
        yield from (f"{line}\n" for line in lines)
    if not view.quiet:
        yield f"{summary(report)}\n"
