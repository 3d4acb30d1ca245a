"""What was found to the report: what is asked for, how bad it is, what comments suppress and what the baseline has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from gitops.lint.by_path import ByPath
from gitops.lint.finding import Finding
from gitops.lint.report import Entry, Report, Suppressed
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule_entry import Rule


class Settling:
    """Makes the report of a repository."""

    def __init__(self, repository: Repository, rules: Mapping[str, Rule], by_path: ByPath) -> None:
        self._repository = repository
        self._rules = rules
        self._by_path = by_path
        self._told = [file for file in repository.files if not file.file.context]

    def report(self, found: Iterable[Finding], *, skipped: int) -> Report:
        """The findings in order, and what is no finding any more."""
        judged = list(self._judged(found))
        left, suppressed = self._unsuppressed(judged)
        report = Report(
            tuple(sorted(left, key=lambda finding: finding.order)),
            len(self._told),
            skipped,
            tuple(sorted(suppressed, key=lambda each: each.finding.order)),
        )
        return self._compared(report)

    def _judged(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that are asked for in their files, as bad as is said there, with the flows of these files."""
        for finding in findings:
            rule, options = self._rules[finding.rule], self._by_path.at(finding.file)
            if options.runs(rule):
                yield finding._replace(severity=options.severity(rule), flow=self._flow(finding.file))

    def _flow(self, path: str) -> str:
        file = self._files.get(path)
        return "" if file is None else _named(file)

    @cached_property
    def _files(self) -> Mapping[str, FlowFile]:
        return {file.path: file for file in self._repository.files}

    def _unsuppressed(self, findings: list[Finding]) -> tuple[list[Finding], list[Suppressed]]:
        """The findings that no comment suppresses, also those about the comments; and those that one does."""
        commented = [file for file in self._told if file.facts.suppressions]
        if not commented:
            return findings, []
        from gitops.lint.suppression.applying import Commented, apply
        from gitops.lint.suppression.judging import judge

        files = {
            file.path: Commented(
                file.path, file.facts.suppressions, self._by_path.at(file.path), partial(getattr, file, "document")
            )
            for file in commented
        }
        first = apply(findings, files, self._rules)
        about = (finding for file in files.values() for finding in judge(file, first.used, self._rules))
        second = apply(self._judged(about), files, self._rules)
        return first.findings + second.findings, first.suppressed + second.suppressed

    def _compared(self, report: Report) -> Report:
        """The report beside the baseline, if there is one."""
        baseline = self._repository.options.baseline
        if baseline is None:
            return report
        from gitops.lint.baseline.comparing import compare

        told = {_named(file) or file.path: file.path for file in self._told}
        whole = self._repository.options.complete and len(self._told) == len(self._repository.files)

        def judged(entry: Entry) -> bool:
            rule, path = self._rules.get(entry.rule), told.get(entry.flow)
            if rule is None or path is None:
                return whole
            return self._by_path.at(path).runs(rule)

        def may_be_known(finding: Finding) -> bool:
            return not self._rules[finding.rule].fixed

        compared = compare(report.findings, baseline.entries, may_be_known=may_be_known, judged=judged)
        return report._replace(
            findings=tuple(compared.new),
            known=tuple(compared.known),
            gone=tuple(compared.gone),
            baseline=baseline.path,
        )


def _named(file: FlowFile) -> str:
    """The flow in a file, such as `company.team.hello`; empty when that cannot be told."""
    return ".".join(file.facts.key or ())
