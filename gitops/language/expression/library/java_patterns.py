"""Java's regular expressions in the words of the two engines that search: `re2`, and `regex` for what RE2 refuses.

Only what the same text means in another way is translated; the engines themselves say what is wrong with a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

_PART: Final = re.compile(
    r"""
    \\Q(?P<quoted>.*?)(?:\\E|\Z)
  | \\(?:x\{(?P<braced>[0-9A-Fa-f]{1,6})\}|u(?P<four>[0-9A-Fa-f]{4})|x(?P<two>[0-9A-Fa-f]{2})|0(?P<octal>[0-7]{1,3}))
  | \\c(?P<control>[@-_a-z])
  | \\(?P<side>[pP])\{(?P<property>\w+)\}
  | \\k<(?P<reference>\w+)>
  | \\(?P<escape>.)
  | \(\?(?P<flags>[a-zA-Z]*(?:-[a-zA-Z]+)?)(?=[:)])
  | (?P<named>\[:\^?\w+:\])
  | (?P<sign>&&|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANKS: Final = r"\t\n\x0B\f\r "
_LINE_ENDS: Final = ("\n", "\r", "\x85", "\u2028", "\u2029")
_CLASSES: Final = {
    "Alnum": "a-zA-Z0-9",
    "Alpha": "a-zA-Z",
    "ASCII": r"\x00-\x7F",
    "Blank": r" \t",
    "Cntrl": r"\x00-\x1F\x7F",
    "Digit": "0-9",
    "Graph": "!-~",
    "Lower": "a-z",
    "Print": " -~",
    "Punct": r"!-/:-@\[-`{-~",
    "Space": _BLANKS,
    "Upper": "A-Z",
    "XDigit": "0-9a-fA-F",
}
"""What Java means by classes that other engines know too, but with letters of all scripts."""

_SCRIPT: Final = re.compile(r"Is(?=[A-Z])")
_PLAIN: Final = {"Alphabetic": "L", "Letter": "L", "Digit": "Nd", "Uppercase": "Lu", "Lowercase": "Ll"}


@dataclass(slots=True)
class _Place:
    """Where in a pattern the translation is: how many `[` are open, and whether a dot takes line ends too."""

    sets: int = 0
    dot_takes_all: bool = False


def to_re2(pattern: str) -> str | None:
    """The pattern for RE2, or None when RE2 would read it in another way than Java."""
    place = _Place(dot_takes_all=_takes_all(pattern))
    parts = [_for_re2(match, place) for match in _PART.finditer(pattern)]
    return None if None in parts else "".join(map(str, parts))


def to_regex(pattern: str) -> str:
    """The pattern for `regex` in its version 1."""
    place = _Place(dot_takes_all=_takes_all(pattern))
    return "".join(_for_regex(match, place) for match in _PART.finditer(pattern))


def ends_before_line_end(pattern: str) -> bool:
    """Whether the pattern may mean the place before the last line end, which RE2 does not know."""
    return "$" in pattern


def _takes_all(pattern: str) -> bool:
    return any("s" in match["flags"].partition("-")[0] for match in _PART.finditer(pattern) if match["flags"])


def _for_re2(match: re.Match[str], place: _Place) -> str | None:
    kind = match.lastgroup or ""
    if kind == "sign":
        return _sign(match[0], place, one_level=True)
    if kind == "escape":
        return _escape_of_re2(match["escape"], inside=place.sets > 0)
    if kind in ("reference", "control"):
        return None if kind == "reference" else _code_of_re2(_control(match[kind]))
    if kind == "flags":
        return _flags(match)
    return _shared(match, place, code=_code_of_re2)


def _for_regex(match: re.Match[str], place: _Place) -> str:
    kind = match.lastgroup or ""
    if kind == "sign":
        return _sign(match[0], place, one_level=False) or match[0]
    if kind == "escape":
        return _ESCAPES_OF_REGEX.get(match["escape"], match[0])
    if kind == "reference":
        return f"(?P={match['reference']})"
    if kind == "control":
        return _code_of_regex(_control(match["control"]))
    if kind == "flags":
        return _flags(match)
    return _shared(match, place, code=_code_of_regex)


def _shared(match: re.Match[str], place: _Place, *, code: Callable[[int], str]) -> str:
    """What both engines are told in the same way, but for how they write a character by its number."""
    kind = match.lastgroup or ""
    if kind == "quoted":
        return "".join(each if each.isalnum() else code(ord(each)) for each in match["quoted"])
    if kind == "property":
        return _property(match["property"], inside=place.sets > 0, negated=match["side"] == "P")
    if kind in ("braced", "four", "two"):
        return code(int(match[kind], 16))
    return code(int(match["octal"], 8)) if kind == "octal" else match[0]


def _sign(sign: str, place: _Place, *, one_level: bool) -> str | None:
    """One character; None for a set of sets when the engine knows only one level of them."""
    if sign == "[":
        place.sets += 1
        return None if one_level and place.sets > 1 else sign
    if sign == "]":
        place.sets = max(0, place.sets - 1)
    if sign == "&&" and place.sets and one_level:
        return None
    if sign == "." and not place.sets and not place.dot_takes_all:
        return "[^" + "".join(_LINE_ENDS) + "]"
    return sign


def _escape_of_re2(escape: str, *, inside: bool) -> str | None:
    if escape in "sS":
        if not inside:
            return f"[{'^' if escape == 'S' else ''}{_BLANKS}]"
        return _BLANKS if escape == "s" else None
    if escape == "e":
        return r"\x1B"
    known = not escape.isalnum() or escape in "dDwWbBAzafnrt"
    return "\\" + escape if known else None


_ESCAPES_OF_REGEX: Final = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": "[a-zA-Z0-9_]",
    "W": "[^a-zA-Z0-9_]",
    "s": f"[{_BLANKS}]",
    "S": f"[^{_BLANKS}]",
    "v": "[" + "".join(_LINE_ENDS) + r"\x0B\f]",
    "e": r"\x1B",
    "z": r"\Z",
    "Z": r"(?=(?:\r\n|[" + "".join(_LINE_ENDS) + r"])?\Z)",
}


def _property(name: str, *, inside: bool, negated: bool) -> str:
    if name in _CLASSES and not (inside and negated):
        return _CLASSES[name] if inside else f"[{'^' if negated else ''}{_CLASSES[name]}]"
    plain = _SCRIPT.sub("", name)
    return f"\\{'P' if negated else 'p'}{{{_PLAIN.get(plain, plain)}}}"


def _flags(match: re.Match[str]) -> str:
    """The start of a group without the flags that only Java has; a group that only sets flags may end up empty."""
    kept = re.sub(r"[udU]", "", match["flags"]).removesuffix("-")
    only_sets = match.string[match.end()] == ")"
    return "(?:" if only_sets and not kept else f"(?{kept}"


def _control(letter: str) -> int:
    return ord(letter.upper()) ^ 64


def _coded(form: str, number: int) -> str:
    return form.format(number)


_code_of_re2 = partial(_coded, r"\x{{{:X}}}")
_code_of_regex = partial(_coded, r"\U{:08X}")
