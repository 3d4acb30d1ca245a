"""VS Code's `settings.json` with one more schema: comments and layout are kept, and nothing is taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_KEY = "yaml.schemas"
_BEGIN = re.compile(r"\s*(?:(?://[^\n]*|/\*.*?\*/)\s*)*\{", re.DOTALL)
_SCHEMAS = re.compile(r'"yaml\.schemas"\s*:\s*\{')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=\s*(?://[^\n]*\s*|/\*.*?\*/\s*)*[}\]])', re.DOTALL)


def with_schema(text: str, address: str, patterns: Sequence[str]) -> str | None:
    """The settings with a schema for files; the same text when it has one, None when it is not understood."""
    before = _read(text) if text.strip() else {}
    if not isinstance(before, dict) or not isinstance(before.get(_KEY, {}), dict):
        return None
    if address in before.get(_KEY, {}):
        return text
    if not before:
        return json.dumps({_KEY: {address: [*patterns]}}, indent=2) + "\n"
    after = _inserted(text, address, patterns, begun=_KEY in before)
    expected = {**before, _KEY: {**before.get(_KEY, {}), address: [*patterns]}}
    return after if after is not None and _read(after) == expected else None


def _inserted(text: str, address: str, patterns: Sequence[str], *, begun: bool) -> str | None:
    place = _SCHEMAS.search(text) if begun else _BEGIN.match(text)
    if place is None:
        return None
    indent = "    " if begun else "  "
    value: object = [*patterns] if begun else {address: [*patterns]}
    entry = json.dumps({address if begun else _KEY: value}, indent=2)[1:-1].strip("\n").replace("\n", f"\n{indent[2:]}")
    empty = text[place.end() :].lstrip().startswith("}")
    end = f"\n{indent[2:]}" if empty else ","
    return f"{text[: place.end()]}\n{indent[2:]}{entry}{end}{text[place.end() :]}"


def _read(text: str) -> object:
    """What the settings say, without comments and without commas behind the last of several."""
    plain = _TOKEN.sub(lambda token: token[0] if token[0].startswith('"') else "", text)
    try:
        return json.loads(plain)
    except ValueError:
        return None
