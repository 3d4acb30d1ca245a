"""Values as JSON that every program can read: ASCII, and without halves of characters."""

from __future__ import annotations

import json
import re

from gitops.lint.telling.wording import REPLACED

_HALF = re.compile(r"[\ud800-\udfff]")


def json_text(value: object, *, indent: int | None = None) -> str:
    """A value as JSON: with line breaks, or as short as it can be."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, indent=indent, separators=separators)
    if "\\ud" not in text:
        return text
    whole = json.loads(_HALF.sub(REPLACED, json.dumps(value, ensure_ascii=False)))
    return json.dumps(whole, indent=indent, separators=separators)
