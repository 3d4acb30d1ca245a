"""What a terminal shows: characters that it does not obey, their width in cells, colours and links."""

from __future__ import annotations

from collections.abc import Callable

from gitops.lint.telling.wording import REPLACED

BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"

TAB = "    "
_NO_CELLS = {"Mn", "Me"}
_TWO_CELLS = {"W", "F"}

Paint = Callable[[str, str], str]
"""A text in a colour, or as it is."""


def painter(*, color: bool) -> Paint:
    """How texts are coloured."""
    return _paint if color else _plain


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:  # noqa: ARG001 - stands in for `_paint`
    return text


def linked(text: str, address: str) -> str:
    """A text that leads to an address."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"


def printable(text: str) -> str:
    """The text without characters that a terminal would obey."""
    return text if text.isprintable() else "".join(map(visible, text))


def visible(character: str) -> str:
    """What is printed for a character; tabs are spaces, so that marks below them stand right."""
    if character == "\t":
        return TAB
    return character if character.isprintable() else REPLACED


def cells(shown: str) -> int:
    """How many cells of a terminal printable text takes."""
    if shown.isascii():
        return len(shown)
    return sum(map(_cells_of, shown))


def _cells_of(character: str) -> int:
    import unicodedata  # where it is needed: most flows are ASCII

    if unicodedata.category(character) in _NO_CELLS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _TWO_CELLS else 1
