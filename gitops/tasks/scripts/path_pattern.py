"""Patterns of the files that a script keeps: globs as Java reads them, and regular expressions behind `regex:`.

Both are searched by RE2: a pattern must not be able to hold up the service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gitops.errors import ExpressionError, TaskFailed
from gitops.language.expression.library.java_patterns import to_re2
from gitops.language.expression.library.patterns import compile_re2

_GLOB = "glob:"
_REGEX = "regex:"
_SIGN = re.compile(r"\*\*/|\*\*|\\.|\[[!^]?[^/\]]+\]|.", re.DOTALL)
_WORDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A pattern that is read. One with a prefix may also mean the whole path, as it does in Kestra."""

    form: Any
    has_prefix: bool

    @classmethod
    def read(cls, text: str) -> PathPattern:
        """The pattern that a text means; raises TaskFailed for one that means nothing."""
        try:
            return cls(compile_re2(f"(?s){_translated(text)}"), has_prefix=text.startswith((_GLOB, _REGEX)))
        except ExpressionError as error:
            raise TaskFailed(f"outputFiles: expected a pattern of paths, found `{text}`: {error}") from None

    def fits(self, path: Path, folder: Path) -> bool:
        """Whether the pattern matches the path of a file of the folder."""
        return self._fits(path.relative_to(folder).as_posix(), path.as_posix())

    def names(self, path: str) -> bool:
        """Whether the pattern matches the path of a file of a namespace, which has no leading slash."""
        return self._fits(path, f"/{path}")

    def _fits(self, inside: str, whole: str) -> bool:
        return bool(self.form.fullmatch(inside) or (self.has_prefix and self.form.fullmatch(whole)))


def _translated(text: str) -> str:
    if text.startswith(_REGEX):
        translated = to_re2(text.removeprefix(_REGEX))
        if translated is None:
            raise ExpressionError("it looks around or refers to its groups, which patterns of paths cannot")
        return translated
    return "".join(_parts(text.removeprefix(_GLOB) if text.startswith(_GLOB) else text.lstrip("/")))


def _parts(glob: str) -> Iterator[str]:
    """The regular expression of a glob, part by part; a comma separates choices only inside of braces."""
    depth = 0
    for sign in _SIGN.findall(glob):
        if sign == "{":
            depth += 1
            yield "(?:"
        elif sign == "}" and depth:
            depth -= 1
            yield ")"
        elif sign == "," and depth:
            yield "|"
        else:
            yield _WORDS.get(sign) or _plain(sign)


def _plain(sign: str) -> str:
    if len(sign) > 1 and sign.startswith("["):
        inside = sign[1:-1].replace("\\", r"\\").replace("[", r"\[")
        return f"[^/{inside[1:]}]" if inside.startswith("!") else "[" + inside.replace("^", r"\^") + "]"
    return re.escape(sign.removeprefix("\\") or sign)
