"""The text of a baseline: sorted, a finding on each line, so that two branches can write it and Git can merge it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from gitops.errors import InvalidSettings
from gitops.lint.report import Entry
from gitops.lint.source import Baseline

FILE = ".gitops-baseline.json"
"""The name of the file, at the top of the repository."""
VERSION = 1

_NAMES = {"flow": "flow", "rule": "rule", "anchor": "anchor", "firstSeen": "first_seen", "fingerprint": "fingerprint"}
_ADVICE = "write it anew with `gitops baseline update`"


def read_baseline(path: str, source: bytes) -> Baseline:
    """The baseline that a file holds; raises InvalidSettings."""
    try:
        data = json.loads(source)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise InvalidSettings(f"{path}:{line}: this is no JSON; when it has marks of a merge, {_ADVICE}") from None
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise InvalidSettings(f"{path}: expected a mapping with a list of `findings`, found something else; {_ADVICE}")
    if data.get("version") != VERSION:
        raise InvalidSettings(f"{path}: expected version {VERSION}, found `{data.get('version')}`; {_ADVICE}")
    return Baseline(path, tuple(_entries(path, data["findings"])))


def baseline_text(entries: Iterable[Entry]) -> str:
    """The file for these entries."""
    lines = [json.dumps(_object(entry), ensure_ascii=False) for entry in sorted(set(entries), key=_order)]
    listed = "".join(f"\n    {line}," for line in lines).removesuffix(",")
    return f'{{\n  "version": {VERSION},\n  "findings": [{listed}{chr(10) + "  " if lines else ""}]\n}}\n'


def _entries(path: str, items: Iterable[object]) -> Iterator[Entry]:
    for number, item in enumerate(items, start=1):
        values = {name: item.get(key) for key, name in _NAMES.items()} if isinstance(item, dict) else {}
        if not values or not all(isinstance(value, str) for value in values.values()):
            named = ", ".join(f"`{key}`" for key in _NAMES)
            raise InvalidSettings(
                f"{path}: expected texts {named} in finding {number}, found something else; {_ADVICE}"
            )
        yield Entry(**{name: str(value) for name, value in values.items()})


def _object(entry: Entry) -> dict[str, str]:
    return {key: getattr(entry, name) for key, name in _NAMES.items()}


def _order(entry: Entry) -> tuple[str, ...]:
    return entry.flow, entry.rule, entry.anchor, entry.fingerprint
