"""What a finding is known by from one run to the next, when lines have moved, files are renamed and words have changed.

A fingerprint is made of the rule, the flow, the place by ids, what stands there, and the names in the message. Secrets
are masked before, so that nobody can find one out by trying. Of findings that agree in all of that, the second and
later ones say how many came before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from gitops.lint.finding import Finding

_NAMES = r"`([^`]*)`"
_COMMENT = r"\s#.*"
_QUOTES = "\"'"
_LENGTH = 32


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The fingerprint of each finding of a report, with its paths from the top of the repository."""
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding in findings:
        key = _key(finding)
        made.append(_digest((*key, str(seen[key])) if seen[key] else key))
        seen[key] += 1
    return tuple(made)


def _key(finding: Finding) -> tuple[str, ...]:
    """What stays; a file that holds no flow is known by its path."""
    names = re.findall(_NAMES, finding.message)
    return (finding.rule, finding.flow or finding.file, finding.anchor, _value(finding), *names)


def _value(finding: Finding) -> str:
    """What the finding is about, as far as it stands on its first line; the line when the place has no ids.

    Quotes, comments and extra spaces make no difference.
    """
    line, span = finding.excerpt or "", finding.span
    if finding.anchor and span.end_line == span.line:
        value = line[span.column - 1 : span.end_column - 1]
    else:
        value = re.sub(_COMMENT, "", line[span.column - 1 :] if finding.anchor else line)
    return " ".join(value.split()).strip(_QUOTES)


def _digest(key: tuple[str, ...]) -> str:
    import hashlib  # where it is needed: it loads a large library

    return hashlib.sha256("\0".join(key).encode(errors="replace")).hexdigest()[:_LENGTH]
