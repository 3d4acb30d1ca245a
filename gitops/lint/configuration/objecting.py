"""What is wrong with a configuration, as findings: where, what was expected, what was found, what may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from gitops.language.document import Document
from gitops.language.position import Path, Span
from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.words import closest, did_you_mean, one_of, value_words

INVALID = "invalid-configuration"
"""The name under which it is told; it is no rule, because nothing turns it off."""

C = TypeVar("C")


class Objecting:
    """One file of configuration, and what is wrong with it so far. Values that are refused are None."""

    def __init__(self, path: str, document: Document) -> None:
        self.path = path
        self.document = document
        self.findings: list[Finding] = []

    def refuse(
        self,
        path: Path,
        message: str,
        *,
        key: bool = False,
        expected: str | None = None,
        found: str | None = None,
        help_: str | None = None,
    ) -> None:
        """Note what is wrong at a path."""
        span = self.document.span(path, key=key)
        self.findings.append(_finding(self.path, self.document, span, message, expected, found, help_))

    def pass_on(self) -> None:
        """Note what is wrong with the text itself."""
        for problem in self.document.problems:
            if problem.rule == _NO_MAPPING:
                continue
            words = (problem.message, problem.expected, problem.found, problem.help)
            self.findings.append(_finding(self.path, self.document, problem.span, *words))

    def mapping(self, value: object, path: Path, keys: Iterable[str] | None = None) -> Mapping[str, object]:
        """A mapping, without the keys that there are not."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.kind(value, path, "a mapping")
            return {}
        known = tuple(value if keys is None else keys)
        for key in value.keys() - set(known):
            self.unknown("key", key, known, (*path, key))
        return {key: item for key, item in value.items() if key in known}

    def unknown(self, what: str, name: str, known: Sequence[str], path: Path, *, key: bool = True) -> None:
        """Refuse a name that there is not."""
        meant = closest(name, tuple(known))
        expected = None if meant and len(known) > _MANY else one_of(known)
        self.refuse(path, f"unknown {what} {quote(name)}", key=key, expected=expected, help_=did_you_mean(meant))

    def kind(self, value: object, path: Path, expected: str) -> None:
        """Refuse a value of another kind."""
        self.refuse(path, f"wrong value for {quote(_name(path))}", expected=expected, found=value_words(value))

    def choice(self, value: object, path: Path, choices: Sequence[C]) -> C | None:
        """One of several values."""
        for choice in choices:
            if value == choice:
                return choice
        words = tuple(map(str, choices))
        meant = did_you_mean(closest(value, words)) if isinstance(value, str) else None
        self.refuse(
            path,
            f"wrong value for {quote(_name(path))}",
            expected=one_of(words),
            found=value_words(value),
            help_=meant,
        )
        return None

    def truth(self, value: object, path: Path) -> bool | None:
        """True or false."""
        if isinstance(value, bool):
            return value
        self.kind(value, path, "`true` or `false`")
        return None

    def number(self, value: object, path: Path, *, least: int = 0) -> int | None:
        """A whole number."""
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return int(value)
        self.kind(value, path, f"a whole number from {least} on")
        return None

    def text(self, value: object, path: Path) -> str | None:
        """A text that is not empty."""
        if isinstance(value, str) and value.strip():
            return value
        self.kind(value, path, "a text")
        return None

    def texts(self, value: object, path: Path) -> list[tuple[Path, str]]:
        """A list of texts, or one; each with its path."""
        if not isinstance(value, list):
            text = self.text(value, path)
            return [] if text is None else [(path, text)]
        every = ((at, self.text(item, at)) for at, item in (((*path, index), item) for index, item in enumerate(value)))
        return [(at, text) for at, text in every if text is not None]


_MANY = 20
_NO_MAPPING = "empty-file"


def _name(path: Path) -> str:
    """The nearest name on a path."""
    return next((step for step in reversed(path) if isinstance(step, str)), "the file")


def _finding(
    path: str,
    document: Document,
    span: Span,
    message: str,
    expected: str | None,
    found: str | None,
    help_: str | None,
) -> Finding:
    excerpt = document.line(span.line)
    return Finding(INVALID, Severity.ERROR, message, path, span, expected, found, help_, excerpt=excerpt)
