"""A comment that lets a finding be: where it has to stand, and what it says."""

from __future__ import annotations

from gitops.lint.finding import Finding
from gitops.lint.rules.table import RULES
from gitops.lint.suppression.reading import HERE
from gitops.lint.suppression.suppression import SIGN
from gitops.lsp.documents import OpenDocument

_BREAK = "\r\n"


def suppressed(document: OpenDocument, finding: Finding) -> tuple[int, str] | None:
    """The offset and the text of a comment above what a finding is about; None when its rule is always asked for."""
    rule = RULES.get(finding.rule)
    if rule is None or rule.fixed:
        return None
    start = document.offsets.offset(_line(document, finding), 1)
    line = document.text[start : document.offsets.offset(_line(document, finding), 1 << 30)]
    indent = line[: len(line) - len(line.lstrip())]
    end = _BREAK if _BREAK in document.text else "\n"
    return start, f'{indent}# {SIGN} {HERE}[{finding.rule}] reason=""{end}'


def _line(document: OpenDocument, finding: Finding) -> int:
    """The line of the entry or the item that a finding is in: within a text of several lines a comment is text."""
    spot = document.reading.spot(document.offsets.offset(finding.span.line, finding.span.column))
    if spot.within is None or spot.key:
        return finding.span.line
    begin = document.reading.span(spot.path, key=True).line
    return min(finding.span.line, begin)
