"""What the linter answers: findings and counts. Reporters turn it into text."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from gitops.lint.finding import Finding, Severity


class Report(NamedTuple):
    """The findings in order, how many files were linted, and how many were skipped because they hold no flow."""

    findings: tuple[Finding, ...]
    files: int
    skipped: int = 0

    @property
    def failed(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}
