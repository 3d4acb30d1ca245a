"""A text and its findings to the mended text. Nothing here reads or writes a file.

Fixes whose edits do not overlap are made together; what is left is looked at anew in the next round, until nothing
changes. A fix that would break the text, or bring an error that was not there, is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.offsets import Offsets

Check = Callable[[str], Sequence[Finding]]
"""What the linter says about a text."""

MOST_ROUNDS = 10
"""After so many rounds fixes are undoing each other."""

_HALF = re.compile(r"[\ud800-\udfff]")


class LeftOut(NamedTuple):
    """A finding whose fix was not made, and why."""

    finding: Finding
    reason: str


class Mended(NamedTuple):
    """A text after fixes, the findings whose fixes were made, and those whose were not."""

    text: str
    made: tuple[Finding, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class _Stretch(NamedTuple):
    """An edit as offsets."""

    start: int
    end: int
    text: str

    def meets(self, other: _Stretch) -> bool:
        """Whether both cannot be made: they share characters, or begin at one place."""
        return self.start == other.start or (self.start < other.end and other.start < self.end)


class _Wish(NamedTuple):
    """A finding with a fix, its edits in order."""

    finding: Finding
    stretches: tuple[_Stretch, ...]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made, in whatever order they come; raises ValueError when two of them overlap."""
    return _written(text, sorted({*_stretches(text, edits)}))


def spanning(text: str, edits: Iterable[Edit]) -> Edit:
    """One edit that does what several do: it covers what lies between them."""
    stretches = sorted({*_stretches(text, edits)})
    start, end = stretches[0].start, max(stretch.end for stretch in stretches)
    moved = [stretch._replace(start=stretch.start - start, end=stretch.end - start) for stretch in stretches]
    return Edit(Offsets(text).span(start, end), _written(text[start:end], moved))


def fixable(findings: Iterable[Finding], *, unsafe: bool = False) -> list[Finding]:
    """The findings that a fix would mend; of fixes that are not safe only when they are asked for."""
    return [finding for finding in findings if _asked_for(finding.fix, unsafe=unsafe)]


def mend(text: str, findings: Iterable[Finding], check: Check, *, unsafe: bool = False) -> Mended:
    """The text after as many rounds as there is something to fix, of these findings first."""
    made: list[Finding] = []
    left_out: dict[object, LeftOut] = {}
    seen = {text}
    for _ in range(MOST_ROUNDS):
        wanted = [finding for finding in findings if _name(finding) not in left_out]
        mended = mend_once(text, wanted, check, unsafe=unsafe)
        left_out.update((_name(each.finding), each) for each in mended.left_out)
        if mended.text in seen:
            break
        seen.add(mended.text)
        text = mended.text
        made += mended.made
        findings = check(text)
    return Mended(text, tuple(made), tuple(left_out.values()))


def mend_once(text: str, findings: Iterable[Finding], check: Check, *, unsafe: bool = False) -> Mended:
    """The text after one round: the fixes of these findings, those that meet an earlier one left for the next."""
    chosen = _apart(_wishes(text, fixable(findings, unsafe=unsafe)))
    if not chosen:
        return Mended(text)
    before = _errors(check(text))
    together = _made(text, chosen)
    if _why_not(together, before, check) is None:
        return Mended(together, tuple(wish.finding for wish in chosen))
    return _one_by_one(text, chosen, before, check)


def _wishes(text: str, findings: Iterable[Finding]) -> Iterator[_Wish]:
    """What fixes would write: nothing where one changes nothing, or says two things about one place."""
    for finding in findings:
        stretches = sorted({*_stretches(text, finding.fix.edits if finding.fix else ())})
        new = tuple(each for each in stretches if text[each.start : each.end] != each.text)
        if new and all(before.end <= after.start for before, after in pairwise(new)):
            yield _Wish(finding, new)


def _one_by_one(text: str, chosen: Sequence[_Wish], before: Counter[str], check: Check) -> Mended:
    kept: list[_Wish] = []
    left_out: list[LeftOut] = []
    for wish in chosen:
        reason = _why_not(_made(text, [*kept, wish]), before, check)
        if reason is None:
            kept.append(wish)
        else:
            left_out.append(LeftOut(wish.finding, reason))
    return Mended(_made(text, kept), tuple(wish.finding for wish in kept), tuple(left_out))


def _why_not(text: str, before: Counter[str], check: Check) -> str | None:
    """What speaks against a text: that it is none, or an error of a rule that had fewer before."""
    if _HALF.search(text):
        return "it would write half a character"
    more = _errors(check(text)) - before
    return f"it would bring the error `{min(more)}`" if more else None


def _errors(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.rule for finding in findings if finding.severity is Severity.ERROR)


def _apart(wishes: Iterable[_Wish]) -> list[_Wish]:
    """The first wishes, so that no two of them meet; the same edit may be wished for twice."""
    taken: list[_Stretch] = []
    chosen: list[_Wish] = []
    for wish in wishes:
        new = [stretch for stretch in wish.stretches if stretch not in taken]
        if not any(stretch.meets(other) for stretch in new for other in taken):
            chosen.append(wish)
            taken += new
    return chosen


def _made(text: str, wishes: Iterable[_Wish]) -> str:
    return _written(text, sorted({stretch for wish in wishes for stretch in wish.stretches}))


def _asked_for(fix: Fix | None, *, unsafe: bool) -> bool:
    return fix is not None and bool(fix.edits) and (fix.safe or unsafe)


def _stretches(text: str, edits: Iterable[Edit]) -> Iterator[_Stretch]:
    offsets = Offsets(text)
    for edit in edits:
        yield _Stretch(*offsets.stretch(edit.span), _with_line_ends_of(text, edit.text))


def _with_line_ends_of(text: str, new: str) -> str:
    """A new text with the line ends that most lines of the old one have."""
    if "\n" in new and 2 * text.count("\r\n") > text.count("\n"):
        return new.replace("\r\n", "\n").replace("\n", "\r\n")
    return new


def _written(text: str, stretches: Iterable[_Stretch]) -> str:
    """The text with stretches in order written over it."""
    parts: list[str] = []
    done = 0
    for start, end, new in stretches:
        if start < done:
            raise ValueError("edits overlap")
        parts += (text[done:start], new)
        done = end
    return "".join([*parts, text[done:]])


def _name(finding: Finding) -> tuple[object, ...]:
    """What a finding is known by when lines have moved."""
    fix = finding.fix
    return finding.rule, finding.anchor, finding.message, fix and tuple(edit.text for edit in fix.edits)
