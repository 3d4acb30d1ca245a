"""Findings beside a baseline: those that are new, those that it has, and what it has that is not found any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from gitops.lint.finding import Finding
from gitops.lint.fingerprint import fingerprints
from gitops.lint.report import Entry, Known


class Compared(NamedTuple):
    """Findings in the order that they came in, and entries in that of the baseline."""

    new: list[Finding]
    known: list[Known]
    gone: list[Entry]


def compare(
    findings: Sequence[Finding],
    entries: Iterable[Entry],
    *,
    may_be_known: Callable[[Finding], bool],
    judged: Callable[[Entry], bool],
) -> Compared:
    """Tell findings apart by their fingerprints. Only an entry that was `judged` can be gone."""
    by_fingerprint = {entry.fingerprint: entry for entry in entries}
    compared = Compared([], [], [])
    for finding, mark in zip(findings, fingerprints(findings), strict=True):
        entry = by_fingerprint.pop(mark, None) if may_be_known(finding) else None
        if entry is None:
            compared.new.append(finding)
        else:
            compared.known.append(Known(finding, entry.first_seen))
    compared.gone.extend(filter(judged, by_fingerprint.values()))
    return compared


def entries_of(findings: Sequence[Finding], before: Iterable[Entry], today: str) -> list[Entry]:
    """The entries for findings: those that were there keep their day."""
    first_seen = {entry.fingerprint: entry.first_seen for entry in before}
    return [
        Entry(mark, finding.rule, finding.flow or finding.file, finding.anchor, first_seen.get(mark, today))
        for finding, mark in zip(findings, fingerprints(findings), strict=True)
    ]
