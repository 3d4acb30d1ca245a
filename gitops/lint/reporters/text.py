"""The report for people: each finding with its place, its line of source, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.finding import Finding, Severity
from gitops.lint.report import Report

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _DIM = "1", "2"


def render(report: Report, *, color: bool) -> str:
    """The findings, then one line that sums them up."""
    lines = [line for finding in report.findings for line in _lines(finding, color=color)]
    return "\n".join([*lines, summary(report)]) + "\n"


def summary(report: Report) -> str:
    """How much was found in how many files."""
    skipped = f" ({report.skipped} skipped)" if report.skipped else ""
    if not report.findings:
        return f"{_count(report.files, 'file')}, no findings{skipped}"
    counted = ", ".join(_count(number, severity) for severity, number in report.counts().items() if number)
    concerned = len({finding.file for finding in report.findings})
    return f"{counted} in {concerned} of {_count(report.files, 'file')}{skipped}"


def _lines(finding: Finding, *, color: bool) -> Iterator[str]:
    paint = _paint if color else _plain
    place = paint(_printable(f"{finding.file}:{finding.span.line}:{finding.span.column}:"), _BOLD)
    severity = paint(f"{finding.severity}:", _COLORS[finding.severity])
    yield f"{place} {severity} {_printable(finding.message)} {paint(f'[{finding.rule}]', _DIM)}"
    if finding.excerpt is not None and finding.excerpt.strip():
        margin = " " * len(str(finding.span.line))
        yield f"  {finding.span.line} | {_printable(finding.excerpt)}"
        yield f"  {margin} | {paint(_carets(finding, finding.excerpt), _COLORS[finding.severity])}".rstrip()
    for label in ("expected", "found", "help"):
        words = getattr(finding, label)
        if words is not None:
            yield f"  {label}: {_printable(words)}"
    for related in finding.related:
        place = f"{related.file}:{related.span.line}:{related.span.column}"
        yield f"  related: {_printable(place)}: {_printable(related.message)}"


def _carets(finding: Finding, excerpt: str) -> str:
    """Marks under the first line of the span; tabs stay tabs, so that they stand in the right place."""
    span = finding.span
    start = min(span.column - 1, len(excerpt))
    end = span.end_column - 1 if span.end_line == span.line else len(excerpt)
    before = "".join("\t" if character == "\t" else " " for character in excerpt[:start])
    return before + "^" * max(1, min(end, len(excerpt)) - start)


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _printable(text: str) -> str:
    """The text without characters that a terminal would obey."""
    return "".join(character if character.isprintable() or character == "\t" else "\ufffd" for character in text)


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:  # noqa: ARG001 - stands in for `_paint`
    return text
