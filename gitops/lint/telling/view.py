"""What a reporter may know beside the report: what the terminal can do, and the texts that the findings are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gitops.lint.finding import Finding, Severity
from gitops.lint.fingerprint import fingerprints
from gitops.lint.report import Report

Texts = Callable[[str], str | None]
"""The text of a file by its path as the report has it, without a byte order mark; None when it is not known."""


def no_texts(_path: str) -> None:
    """Where no text is known."""


def all_of(report: Report) -> list[Finding]:
    """The findings of a report, then the suppressed ones, then those of the baseline."""
    suppressed = [each.finding for each in report.suppressed]
    return [*report.findings, *suppressed, *(known.finding for known in report.known)]


class View(NamedTuple):
    """How a report is to be shown.

    `links` is whether the terminal can follow them; `quiet` leaves out what is no finding; `statistics` counts them by
    rule; `suppressed` tells those too that a comment or the baseline lets be. Findings of `fail_on` and worse let a run
    fail. `told` is the report with paths from the top of the repository, when the one that is shown has others.
    """

    color: bool = False
    links: bool = False
    quiet: bool = False
    statistics: bool = False
    suppressed: bool = False
    texts: Texts = no_texts
    told: Report | None = None
    fail_on: Severity = Severity.ERROR

    def fingerprints(self, report: Report) -> Iterator[str]:
        """What the findings of a report are known by, wherever it is looked at from: also those that are not told."""
        return iter(fingerprints(all_of(self.told or report)))

    def text_of(self, finding: Finding) -> str | None:
        """The text that a finding's fix is for; None without a fix, so that no file is read in vain."""
        return None if finding.fix is None else self.texts(finding.file)
