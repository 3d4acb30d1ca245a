"""What a report comes to: in one line, and by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report


class RuleCount(NamedTuple):
    """How often a rule was broken, and how many of these have a fix, and a safe one."""

    rule: str
    severity: Severity
    findings: int
    fixable: int
    safely: int


def summary(report: Report) -> str:
    """How much was found in how many files, and what can be done about it at once."""
    return " · ".join([_found(report), *_more(report)])


def _found(report: Report) -> str:
    skipped = f" ({report.skipped} skipped)" if report.skipped else ""
    if not report.findings:
        return f"{counted(report.files, 'file')}, no findings{skipped}"
    numbers = ", ".join(counted(number, severity) for severity, number in report.counts().items() if number)
    concerned = len({finding.file for finding in report.findings})
    return f"{numbers} in {concerned} of {counted(report.files, 'file')}{skipped}"


def _more(report: Report) -> Iterator[str]:
    if report.suppressed:
        yield f"{len(report.suppressed)} suppressed"
    if report.known:
        yield f"{len(report.known)} in the baseline"
    if report.gone:
        yield f"{len(report.gone)} of the baseline not found any more, see `gitops baseline prune`"
    safe = _fixable(report.findings)
    unsafe = _fixable(report.findings, unsafe=True) - safe
    if safe:
        more = f", {unsafe} more with `--unsafe`" if unsafe else ""
        yield f"{safe} can be fixed with `gitops lint --fix`{more}"
    elif unsafe:
        yield f"{unsafe} can be fixed with `gitops lint --fix --unsafe`"


def by_rule(report: Report) -> list[RuleCount]:
    """The rules that were broken, the one with the most findings first."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    counts = [
        RuleCount(rule, each[0].severity, len(each), _fixable(each, unsafe=True), _fixable(each))
        for rule, each in found.items()
    ]
    return sorted(counts, key=lambda count: (-count.findings, count.rule))


def _fixable(findings: Sequence[Finding], *, unsafe: bool = False) -> int:
    if not findings:
        return 0
    from gitops.lint.fixing import fixable  # most runs find nothing

    return len(fixable(findings, unsafe=unsafe))


def counted(number: int, name: str) -> str:
    """A number of things."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
