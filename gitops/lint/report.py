"""What the linter answers: findings and counts. Reporters turn it into text."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from gitops.lint.finding import Finding, Severity

FAIL_SCOPES = ("new", "all")
"""As words about what lets a run fail: without and with what the baseline has."""


class Suppressed(NamedTuple):
    """A finding that a comment lets be: the line of the comment, its reason, and the last day that it holds."""

    finding: Finding
    line: int
    reason: str | None = None
    until: str | None = None


class Known(NamedTuple):
    """A finding that the baseline has, and the day on which it was seen first, such as `2026-11-23`."""

    finding: Finding
    first_seen: str


class Entry(NamedTuple):
    """What the baseline says of a finding: what it is known by, and where it was. Without a flow `flow` is a path."""

    fingerprint: str
    rule: str
    flow: str
    anchor: str
    first_seen: str


class FailOn(NamedTuple):
    """Which findings let a run fail: those of this severity and worse; when `known`, also those of the baseline."""

    severity: Severity = Severity.ERROR
    known: bool = False

    def changed(self, word: str) -> FailOn:
        """With what a word says: a severity, `all` or `new`."""
        if word in FAIL_SCOPES:
            return self._replace(known=word == FAIL_SCOPES[1])
        return self._replace(severity=Severity(word))


class Report(NamedTuple):
    """The findings in order, how many files were linted, and how many were skipped because they hold no flow.

    `suppressed` and `known` are findings that are not among `findings`. `baseline` is the path of the baseline that was
    used; with one, every one of `findings` is new, and `gone` are the entries of what is not found any more.
    """

    findings: tuple[Finding, ...]
    files: int
    skipped: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    known: tuple[Known, ...] = ()
    gone: tuple[Entry, ...] = ()
    baseline: str | None = None

    def failing(self, fail_on: FailOn) -> tuple[Finding, ...]:
        """The findings that let a run fail."""
        bad = _ORDER[: _ORDER.index(fail_on.severity) + 1]
        known = (known.finding for known in self.known) if fail_on.known else ()
        return tuple(finding for finding in (*self.findings, *known) if finding.severity in bad)

    @property
    def failed(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}


_ORDER = [*Severity]
