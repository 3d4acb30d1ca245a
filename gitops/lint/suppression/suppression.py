"""A suppression: which rules a comment lets be, where, why and until when."""

from __future__ import annotations

from typing import NamedTuple

from gitops.language.position import Span

SIGN = "gitops:"
"""Without this in a text there is no suppression in it."""


class Named(NamedTuple):
    """The name of a rule in a comment, and its place."""

    rule: str
    span: Span


class Suppression(NamedTuple):
    """What a comment says. `span` is its place.

    It is for the lines from `first` to `last`, and for what is as large as `collection`; with 0 as the first line for
    none, and with `everywhere` for the whole file. `until` is the last day that it holds, such as `2027-03-01`.
    With a `mistake` it says nothing; `help` is what to do about that.
    """

    span: Span
    rules: tuple[Named, ...] = ()
    first: int = 0
    last: int = 0
    collection: Span | None = None
    everywhere: bool = False
    until: str | None = None
    reason: str | None = None
    mistake: str | None = None
    help: str | None = None

    def reaches(self, span: Span) -> bool:
        """Whether it is for what stands at a place."""
        return self.everywhere or self.first <= span.line <= self.last or span == self.collection
