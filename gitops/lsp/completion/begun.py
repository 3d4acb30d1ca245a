"""The expression that is being written at a cursor: told from what is before it, because it cannot be parsed yet."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from gitops.lsp.completion.view import View

Steps = tuple[str | int | None, ...]

_FARTHEST = 2_000
_STEP = r"""\s*\.\s*\w+|\s*\[\s*(?:'[^']*'|"[^"]*"|[\w.]+)\s*\]"""
_CHAIN = rf"(?P<chain>[A-Za-z_]\w*(?:{_STEP})*)"
_MEMBER = re.compile(rf"{_CHAIN}\s*\.\s*(?P<begun>\w*)\Z")
_SUBSCRIPT = re.compile(rf"{_CHAIN}\s*\[\s*\Z")
_FILTER = re.compile(r"\|\s*(?P<begun>\w*)\Z")
_TEST = re.compile(r"\bis\s+(?:not\s+)?(?P<begun>\w*)\Z")
_TAG = re.compile(r"\A-?\s*(?P<begun>\w*)\Z")
_NAME = re.compile(r"(?<![\w.'\"\])])(?P<begun>[A-Za-z_]\w*)?\Z")
_ONE_STEP = re.compile(_STEP)
_NUMBER = re.compile(r"\d+")


class Want(Enum):
    """What kind of word is asked for."""

    NAME = "a variable or a function"
    MEMBER = "a step of a path"
    FILTER = "a filter"
    TEST = "a test"
    TAG = "a tag"
    NOTHING = "nothing that can be offered"


class Begun(NamedTuple):
    """What was begun: the word and where it starts, behind which steps. `quote` is the one that the word stands in."""

    want: Want
    start: int
    steps: Steps = ()
    quote: str = ""


def begun(view: View) -> Begun | None:
    """The expression at the cursor; None outside of every expression."""
    text, offset = view.document.text, view.offset
    opened = max(text.rfind(opening, view.slot.structure, offset) for opening in ("{{", "{%"))
    if opened < 0 or max(text.find(closing, opened + 2, offset) for closing in ("}}", "%}")) >= 0:
        return None
    inner = text[max(opened + 2, offset - _FARTHEST) : offset]
    if view.slot.kind is not view.slot.kind.TEXT and text[view.slot.structure : opened].lstrip(" -").startswith('"'):
        # Within double quotes of YAML, those of an expression are written with a backslash.
        inner = inner.replace('\\"', ' "')
    return _read(inner, offset, tag=text.startswith("{%", opened))


def _read(inner: str, offset: int, *, tag: bool) -> Begun:
    quote, word = _open_string(inner)
    if quote:
        before = _SUBSCRIPT.search(inner[: len(inner) - len(word) - 1])
        want = Want.MEMBER if before else Want.NOTHING
        return Begun(want, offset - len(word), _steps(before["chain"]) if before else (), quote)
    for want, pattern in ((Want.TAG, _TAG if tag else None), (Want.FILTER, _FILTER), (Want.TEST, _TEST)):
        found = pattern.search(inner) if pattern else None
        if found:
            return Begun(want, offset - len(found["begun"]))
    member = _MEMBER.search(inner)
    if member:
        return Begun(Want.MEMBER, offset - len(member["begun"]), _steps(member["chain"]))
    name = _NAME.search(inner)
    return Begun(Want.NAME, offset - len(name["begun"] or "")) if name else Begun(Want.NOTHING, offset)


def _open_string(inner: str) -> tuple[str, str]:
    """The quote of a text that is not closed, and what stands behind it."""
    quote, start = "", 0
    for index, character in enumerate(inner):
        if quote and character == quote and inner[index - 1] != "\\":
            quote = ""
        elif not quote and character in "'\"":
            quote, start = character, index + 1
    return quote, inner[start:] if quote else ""


def _steps(chain: str) -> Steps:
    """The steps of a path; None for one that an expression decides."""
    name = re.match(r"\w+", chain)
    first = name[0] if name else ""
    return (first, *(_step(found[0].strip()) for found in _ONE_STEP.finditer(chain, len(first))))


def _step(written: str) -> str | int | None:
    if written.startswith("."):
        return written[1:].strip()
    inner = written[1:-1].strip()
    if inner[:1] in "'\"":
        return inner[1:-1]
    return int(inner) if _NUMBER.fullmatch(inner) else None
