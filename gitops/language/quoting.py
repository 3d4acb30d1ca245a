"""How a text of the author is quoted in a sentence."""

from __future__ import annotations

_LONGEST = 80


def quote(text: str) -> str:
    """The text in backticks, on one line, cut when it is long."""
    line = " ".join(text.split()) if not text.isprintable() else text
    return f"`{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}`"
