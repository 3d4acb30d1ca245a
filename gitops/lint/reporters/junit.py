"""JUnit's XML, for whoever shows the results of tests: one suite a file, one case a finding.

What lets the run fail is a failure; what does not has passed, and says so in its output; suppressed ones are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report
from gitops.lint.telling.view import View
from gitops.lint.telling.wording import REPLACED, calm, paragraph

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ORDER = [*Severity]


class _Case(NamedTuple):
    """A finding, and why it is suppressed if it is."""

    finding: Finding
    reason: str | None = None


def render(report: Report, view: View) -> Iterator[str]:
    """The suites of the files with findings; one that passed when there are none, since an empty report is refused."""
    cases = [*_cases(report, view)]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{_totals('gitops lint', cases, view)}>\n"
    for file, suite in groupby(cases, key=lambda case: case.finding.file):
        yield from _suite(file, [*suite], view)
    if not cases:
        yield from _passed(report)
    yield "</testsuites>\n"


def _cases(report: Report, view: View) -> list[_Case]:
    cases = [_Case(finding) for finding in report.findings]
    if view.suppressed:
        cases += [_Case(each.finding, each.reason or "suppressed") for each in report.suppressed]
        cases += [_Case(known.finding, f"in the baseline since {known.first_seen}") for known in report.known]
    return sorted(cases, key=lambda case: case.finding.file)


def _passed(report: Report) -> Iterator[str]:
    told = _attributes(name="gitops lint", tests="1", failures="0", errors="0", skipped="0", time="0")
    case = _attributes(name=f"no findings in {report.files} files", classname="gitops lint")
    yield f"  <testsuite{told}>\n    <testcase{case}/>\n  </testsuite>\n"


def _suite(file: str, cases: Sequence[_Case], view: View) -> Iterator[str]:
    yield f"  <testsuite{_totals(file, cases, view)}>\n"
    for case in cases:
        yield from _case(case, view)
    yield "  </testsuite>\n"


def _case(case: _Case, view: View) -> Iterator[str]:
    finding = case.finding
    span = finding.span
    name = f"{finding.rule} at {span.line}:{span.column}"
    where = f"{finding.file}:{span.line}:{span.column}: {finding.severity}: {calm(paragraph(finding))}"
    yield f"    <testcase{_attributes(name=name, classname=finding.file, file=finding.file, line=str(span.line))}>\n"
    if case.reason is not None:
        yield f"      <skipped{_attributes(message=case.reason)}/>\n"
    elif _fails(case, view):
        told = _attributes(message=finding.message, type=finding.severity.value)
        yield f"      <failure{told}>{escape(_clean(where))}</failure>\n"
    else:
        yield f"      <system-out>{escape(_clean(where))}</system-out>\n"
    yield "    </testcase>\n"


def _fails(case: _Case, view: View) -> bool:
    return case.reason is None and _ORDER.index(case.finding.severity) <= _ORDER.index(view.fail_on)


def _totals(name: str, cases: Sequence[_Case], view: View) -> str:
    failures = sum(_fails(case, view) for case in cases)
    skipped = sum(case.reason is not None for case in cases)
    tests = str(len(cases) or 1)
    return _attributes(name=name, tests=tests, failures=str(failures), errors="0", skipped=str(skipped), time="0")


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(_clean(value))}" for name, value in values.items())


def _clean(text: str) -> str:
    """The text without what XML cannot hold even when it is escaped."""
    return _NOT_XML.sub(REPLACED, text)
