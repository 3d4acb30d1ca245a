"""The items of a file of Ion or JSON lines: each line is one, and its fields are what an expression sees."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.errors import ExpressionError, TaskFailed
from gitops.language.expression.library.ion import read_ion


def read_item(line: bytes) -> Mapping[str, object]:
    """The fields of a line; raises TaskFailed for one that has none."""
    try:
        found = read_ion(line.decode())
    except (ExpressionError, UnicodeDecodeError) as error:
        raise TaskFailed(f"expected a line of Ion or JSON, found `{_shown(line)}`: {error}") from None
    if not isinstance(found, Mapping):
        raise TaskFailed(f"expected a line that holds fields, found `{_shown(line)}`")
    return {str(name): value for name, value in found.items()}


def _shown(line: bytes) -> str:
    """As much of a line as a message may hold."""
    return line[:100].decode(errors="replace")
