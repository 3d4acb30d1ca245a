"""A text to its suppressions: `# gitops: ignore[rule, other] until=2027-03-01 reason="…"`.

This is a function of the text alone. Whether the rules exist and whether the day is over is asked later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gitops.language.comments import Comments, Reach
from gitops.language.document import Document
from gitops.language.position import LineTable, Span, line_table
from gitops.language.quoting import quote
from gitops.lint.suppression.suppression import SIGN, Named, Suppression
from gitops.lint.words import closest, did_you_mean

HERE, EVERYWHERE = "ignore", "file-ignore"

_VERBS = (HERE, EVERYWHERE)
_ELSEWHERE = {"ignore-file": EVERYWHERE} | dict.fromkeys(("allow", "disable", "noqa", "skip", "suppress"), HERE)
"""What other linters call it."""
_BEGIN = re.compile(r"(?:^|(?<=\s))#[ \t]*gitops:[ \t]*")
_VERB = re.compile(r"[A-Za-z_-]+")
_BRACKETS = re.compile(r"[ \t]*\[([^\[\]#]*)\]")
_NAME = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
_MEMBER = re.compile(r"[ \t]+([A-Za-z_-]+)=(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s\"']\S*)?(?=\s|$)")
_OTHER = re.compile(r"\s#")
_END = re.compile(r"[ \t]*(?=$|[ \t]#)")
_ESCAPE = re.compile(r"\\(.)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FORM = 'write `# gitops: ignore[rule] reason="…"`'
_LIKENESS = 0.7


class _Mistake(NamedTuple):
    message: str
    help: str = _FORM


class _Read(NamedTuple):
    """What a comment says: where it ends, and its parts as texts and offsets."""

    end: int
    verb: str = HERE
    names: tuple[tuple[str, int], ...] = ()
    until: str | None = None
    reason: str | None = None
    mistake: _Mistake | None = None


def suppressions(document: Document) -> Iterator[Suppression]:
    """The suppressions of a text, in order."""
    comments = Comments(document)
    for comment in comments:
        begin = _BEGIN.search(comment.text) if SIGN in comment.text else None
        read = None if begin is None else _read(comment.text, begin.end())
        if begin is not None and read is not None:
            offsets = _Offsets(line_table(document.source), comment.start)
            found = _named(read, offsets.span(begin.start(), read.end), offsets)
            yield _reaching(found, comments.reach(comment)) if read.verb == HERE else found._replace(everywhere=True)


class _Offsets(NamedTuple):
    """Places in a comment."""

    table: LineTable
    start: int

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets into the comment."""
        return self.table.span(self.start + start, self.start + end)


def _named(read: _Read, span: Span, offsets: _Offsets) -> Suppression:
    if read.mistake is not None:
        return Suppression(span, mistake=read.mistake.message, help=read.mistake.help)
    names = tuple(Named(name, offsets.span(at, at + len(name))) for name, at in read.names)
    return Suppression(span, names, until=read.until, reason=read.reason)


def _reaching(found: Suppression, reach: Reach | None) -> Suppression:
    if reach is None or found.mistake is not None:
        return found
    return found._replace(first=reach.first, last=reach.last, collection=reach.collection)


def _read(text: str, at: int) -> _Read | None:
    """What a comment says from an offset on; None when it is prose."""
    verb = _VERB.match(text, at)
    if verb is None:
        return None
    brackets = _BRACKETS.match(text, verb.end())
    if verb[0] not in _VERBS:
        meant = _ELSEWHERE.get(verb[0]) or closest(verb[0], _VERBS, _LIKENESS)
        if brackets is None and (meant is None or not text[verb.end() :].lstrip().startswith("[")):
            return None
        unknown = _Mistake(f"unknown word {quote(verb[0])} in a comment for gitops", did_you_mean(meant) or _FORM)
        return _Read(_end(text, at), mistake=unknown)
    if brackets is None:
        return _Read(_end(text, at), mistake=_Mistake("a suppression names the rules that it is for, in brackets"))
    names = tuple((name[0], name.start()) for name in _NAME.finditer(text, brackets.start(1), brackets.end(1)))
    if not names:
        return _Read(_end(text, at), mistake=_Mistake("a suppression names at least one rule"))
    return _with_members(text, _Read(brackets.end(), verb[0], names))


def _with_members(text: str, read: _Read) -> _Read:
    """What is said behind the rules."""
    while member := _MEMBER.match(text, read.end):
        name, value = member[1], _unquoted(member[2] or "")
        read = read._replace(end=member.end())
        if name == "until":
            mistake = (
                None if _is_day(value) else _Mistake(f"{quote(value)} is no day", "write it as `until=2027-03-01`")
            )
            read = read._replace(until=value, mistake=read.mistake or mistake)
        elif name == "reason":
            read = read._replace(reason=value.strip() or None)
        else:
            meant = did_you_mean(closest(name, ("until", "reason"))) or "a suppression has `until` and `reason`"
            read = read._replace(mistake=read.mistake or _Mistake(f"unknown {quote(name)} in a suppression", meant))
    if _END.match(text, read.end):
        return read
    end = _end(text, read.end)
    rest = text[read.end : end].strip().lstrip("-:; ")
    advice = f'write `reason="{rest}"`' if rest and '"' not in rest and "=" not in rest else _FORM
    unclear = _Mistake(f"{quote(text[read.end : end].strip())} is not understood in a suppression", advice)
    return read._replace(end=end, mistake=read.mistake or unclear)


def _end(text: str, at: int) -> int:
    """Where a comment ends, or where another begins in it."""
    other = _OTHER.search(text, at)
    return other.start() if other else len(text)


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(r"\1", text[1:-1]) if text[:1] in {'"', "'"} else text


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    from datetime import date  # few suppressions have a day

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
