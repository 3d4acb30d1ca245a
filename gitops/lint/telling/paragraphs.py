"""Findings as people read them: place, line of source, what was expected, what to do, and what a fix would change."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.position import Span
from gitops.lint.addresses import page_address
from gitops.lint.finding import Finding, Related, Severity
from gitops.lint.report import Report
from gitops.lint.telling.excerpts import MOST_LINES, changed_lines, marked, source_line
from gitops.lint.telling.summing_up import RuleCount, by_rule
from gitops.lint.telling.terminal import BOLD, CYAN, DIM, GREEN, RED, YELLOW, linked, painter, printable
from gitops.lint.telling.view import View
from gitops.lint.telling.wording import cut

MOST_CHARACTERS = 400
"""Longer texts are cut off; programs get more."""

_COLORS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}
_SIGNS = {"-": RED, "+": GREEN}


def finding_lines(report: Report, view: View) -> Iterator[str]:
    """The findings, one after the other."""
    for finding in report.findings:
        yield from _lines(finding, view)
    for finding, why in _suppressed(report) if view.suppressed else ():
        place = f"{finding.file}:{finding.span.line}:{finding.span.column}"
        yield f"{printable(place)}: suppressed: {_words(finding.message)} [{finding.rule}] {_words(why)}"


def _suppressed(report: Report) -> Iterator[tuple[Finding, str]]:
    for each in report.suppressed:
        until = f", until {each.until}" if each.until else ""
        yield each.finding, f"({each.reason or 'no reason is given'}{until})"
    for known in report.known:
        yield known.finding, f"(in the baseline since {known.first_seen})"


def statistics_lines(report: Report, view: View) -> Iterator[str]:
    """How many findings there are of each rule, and how many of them have a fix."""
    paint = painter(color=view.color)
    counts = by_rule(report)
    width = max((len(str(count.findings)) for count in counts), default=0)
    widest = max((len(count.rule) for count in counts), default=0)
    for count in counts:
        severity = paint(f"{count.severity:7}", _COLORS[count.severity])
        space = " " * (widest - len(count.rule))
        rule = _rule(count.rule, count.rule, view)
        yield f"{count.findings:>{width}}  {severity}  {rule}{space}{_remedy(count)}".rstrip()


def _remedy(count: RuleCount) -> str:
    if not count.fixable:
        return ""
    if not count.safely:
        return f"  {count.fixable} can be fixed with --unsafe"
    safely = f", {count.safely} of them safely" if count.safely < count.fixable else ""
    return f"  {count.fixable} can be fixed{safely}"


def _lines(finding: Finding, view: View) -> Iterator[str]:
    paint = painter(color=view.color)
    place = paint(printable(f"{finding.file}:{finding.span.line}:{finding.span.column}:"), BOLD)
    severity = paint(f"{finding.severity}:", _COLORS[finding.severity])
    rule = _rule(finding.rule, paint(f"[{finding.rule}]", DIM), view)
    yield f"{place} {severity} {_words(finding.message)} {rule}"
    yield from _excerpt(finding.excerpt, finding.span, _COLORS[finding.severity], view)
    for label in ("expected", "found", "help"):
        words = getattr(finding, label)
        if words is not None:
            yield f"  {label}: {_words(words)}"
    for related in finding.related:
        yield from _related(related, view)
    yield from _fix(finding, view)


def _words(text: str) -> str:
    return printable(cut(text, MOST_CHARACTERS))


def _rule(name: str, shown: str, view: View) -> str:
    address = page_address(name) if view.links else None
    return shown if address is None else linked(shown, address)


def _excerpt(line: str | None, span: Span, color: str, view: View) -> Iterator[str]:
    if line is None or not line.strip():
        return
    shown, space, marks = marked(line, span)
    margin = " " * len(str(span.line))
    yield f"  {span.line} | {shown}"
    yield f"  {margin} | {space}{painter(color=view.color)(marks, color)}"


def _related(related: Related, view: View) -> Iterator[str]:
    place = f"{related.file}:{related.span.line}:{related.span.column}"
    yield f"  related: {printable(place)}: {_words(related.message)}"
    line = source_line(view.texts(related.file), related.span.line)
    yield from _excerpt(line, related.span, CYAN, view)


def _fix(finding: Finding, view: View) -> Iterator[str]:
    """What the fix says, and what it would make of the lines."""
    if finding.fix is None:
        return
    unsafe = "" if finding.fix.safe else " (unsafe)"
    yield f"  fix{unsafe}: {_words(finding.fix.message)}"
    text = view.texts(finding.file)
    if text is None:
        return
    paint = painter(color=view.color)
    lines = changed_lines(text, finding.fix.edits)
    width = max((len(str(line.number)) for line in lines), default=0)
    for sign, number, line in lines[:MOST_LINES]:
        yield f"  {number:>{width}} {paint(f'{sign} {line}'.rstrip(), _SIGNS[sign])}"
    if len(lines) > MOST_LINES:
        yield f"  … and {len(lines) - MOST_LINES} more lines"
