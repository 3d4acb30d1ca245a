"""Where the characters of a scalar stand in its source: quotes, escapes, indentation and folded lines are passed by."""

from __future__ import annotations

from functools import lru_cache

_BLOCK = ("|", ">")
_ESCAPES = {"x": 4, "u": 6, "U": 10}
_CONTINUATIONS = ("\\\n", "\\\r")


@lru_cache(maxsize=8)
def places(raw: str, value: str, style: str | None) -> list[int]:
    """For every character of the value, and for its end, the offset into the raw text that it was written at.

    `style` is PyYAML's: None for plain, a quote, `|` or `>`. Characters that are not white space are exact.
    """
    position = _start(raw, style)
    found: list[int] = []
    for character in value:
        position = _aligned(raw, position, character, style)
        found.append(min(position, len(raw)))
        position += _length(raw, position, character, style)
    return [*found, min(position, len(raw))]


def _start(raw: str, style: str | None) -> int:
    if style in _BLOCK:
        return raw.find("\n") + 1 or len(raw)
    return 1 if style else 0


def _aligned(raw: str, position: int, character: str, style: str | None) -> int:
    """The place of the next character: behind line continuations and, unless it is white space, behind white space."""
    while style == '"' and raw.startswith(_CONTINUATIONS, position):
        position = _after_space(raw, position + 1)
    if character.isspace() or (style == '"' and raw[position : position + 1] == "\\"):
        return position
    return position if raw[position : position + 1] == character else _after_space(raw, position)


def _after_space(raw: str, position: int) -> int:
    while position < len(raw) and raw[position].isspace():
        position += 1
    return position


def _length(raw: str, position: int, character: str, style: str | None) -> int:
    """How many characters of the raw text stand for this one."""
    if style == '"' and raw[position : position + 1] == "\\":
        return _ESCAPES.get(raw[position + 1 : position + 2], 2)
    if style == "'" and character == "'":
        return 2
    return 0 if character.isspace() and not raw[position : position + 1].isspace() else 1
