"""A finding in words that may be printed: what reporters for different readers say alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gitops.lint.finding import Finding, Severity

REPLACED = "\ufffd"
"""What stands for a character that may not be printed."""

_LONGEST = 2_000
_NOT_PRINTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def paragraph(finding: Finding) -> str:
    """The finding in a few lines: what is wrong, what was expected and found, what to do."""
    return "\n".join(cut(each) for each in _sentences(finding))


def _sentences(finding: Finding) -> Iterator[str]:
    yield finding.message
    for label in ("expected", "found", "help"):
        words = getattr(finding, label)
        if words is not None:
            yield f"{label}: {words}"


def cut(text: str, longest: int = _LONGEST) -> str:
    """A text that is not too long to be shown."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def calm(text: str) -> str:
    """A text without characters that a log or a browser would obey; line ends stay."""
    return _NOT_PRINTED.sub(REPLACED, text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def severest(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with the worst first, for readers that only show so many."""
    order = [*Severity]
    return sorted(findings, key=lambda finding: order.index(finding.severity))
