"""Secrets are not printed: which names stand for one, and a source line without its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from gitops.language.position import Path

if TYPE_CHECKING:
    from gitops.language.document import Document

MASK = "****"

_SECRET = re.compile(r"passw|passphrase|secret|token|credential|private|(api|access|auth)key|keys?$")
_MARKS = ("AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-", "xox", "AIza", "sk_live_", "PRIVATE KEY")
_KEYS = (
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bglpat-[\w-]{20,}\b|\bxox[abprs]-[\w-]{10,}\b"
    r"|\bAIza[\w-]{35}\b|\bsk_live_[A-Za-z0-9]{20,}\b|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
)
"""The forms of well-known keys; a text without any of the marks has none."""
_IN_ADDRESS = r"(?<=://)[^\s/:@{}$]+:[^\s/@{}$]+(?=@[\w.\[-])"
"""A name with a password in an address."""
_KEY = re.compile(r"""(?:^|[\s{,\[-])["']?(?P<key>[\w.$-]{1,64})["']?\s{0,3}:(?=\s|$)""")
_SAFE_VALUE = re.compile(r"""\s*(?:["']?\{\{.*\}\}["']?|[|>][-+\d]*)?\s*""")
_LABELS, _LABEL_KEY = "labels", "key"
_DEFAULTS = ("defaults", "prefill")
_FARTHEST = 5_000
_DEEPEST = 64
_LONGEST = 400


@lru_cache(maxsize=2_000)
def is_secret(name: str) -> bool:
    """Whether a property of this name looks as if it holds a secret."""
    return _SECRET.search(re.sub(r"[^a-z]", "", name.lower())) is not None


def secret_form(text: str) -> re.Match[str] | None:
    """The first part of a text that has the form of a well-known key, whatever the name of its property."""
    return re.search(_KEYS, text) if any(mark in text for mark in _MARKS) else None


def holds_secret(document: Document, path: Path) -> bool:
    """Whether the value at a path looks like a secret, by the names on the way to it."""
    if path[-3:-2] == (_LABELS,) and path[-1] == _LABEL_KEY:
        path = path[:-1]
    return any(isinstance(step, str) and _is_secret_in(document, step) for step in path)


def masked_line(document: Document, number: int) -> str | None:
    """A line of the source without secrets; None when it is too long to show."""
    line = document.line(number)
    if len(line) > _LONGEST:
        return None
    outer = list(islice(_outer_lines(document, number), _DEEPEST))
    if len(outer) == _DEEPEST or any(len(above) > _LONGEST or _secret_key(document, above) for above in outer):
        return line[: _indentation(line)] + MASK
    line = _without_forms(line)
    key = _secret_key(document, line)
    if key is None or _SAFE_VALUE.fullmatch(line, key.end()) or _is_of_label(key, outer):
        return line
    return f"{line[: key.end()]} {MASK}"


def _without_forms(line: str) -> str:
    """A line with what has the form of a secret covered, so that the rest stays where it is."""
    if secret_form(line) is None and ("://" not in line or "@" not in line):
        return line
    return re.sub(f"{_KEYS}|{_IN_ADDRESS}", lambda match: "*" * len(match[0]), line)


def _is_secret_in(document: Document, name: str) -> bool:
    """Whether a name stands for a secret in this document: where inputs are secret, so are defaults."""
    return is_secret(name) or (name in _DEFAULTS and "SECRET" in document.source)


def _secret_key(document: Document, line: str) -> re.Match[str] | None:
    return next((match for match in _KEY.finditer(line) if _is_secret_in(document, match["key"])), None)


def _is_of_label(key: re.Match[str], outer: list[str]) -> bool:
    """Whether a key is that of a label, where `key` means no secret."""
    return key["key"] == _LABEL_KEY and any(above.strip() == f"{_LABELS}:" for above in outer)


def _outer_lines(document: Document, number: int) -> Iterator[str]:
    """The lines that a line belongs to, by indentation; the nearest first."""
    level = _level(document.line(number))
    for above in range(number - 1, max(0, number - _FARTHEST), -1):
        line = document.line(above)
        if line.strip() and _indentation(line) < level:
            level = _indentation(line)
            yield line


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _level(line: str) -> int:
    """The indentation of a line; an item of a list may stand at that of its key, and counts as deeper."""
    return _indentation(line) + line.lstrip().startswith("- ")
