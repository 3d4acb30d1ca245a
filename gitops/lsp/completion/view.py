"""What a completion knows: the place, what is written around it, and what the schema says of it."""

from __future__ import annotations

import re
from functools import cached_property

from gitops.language.position import Path
from gitops.lint.lookup import value_at
from gitops.lint.subject import Subject
from gitops.lsp.documents import OpenDocument
from gitops.lsp.reading import readable
from gitops.lsp.sites import Site, site
from gitops.lsp.slots import Kind, Slot, slot
from gitops.lsp.work_tree import NOTHING_SEEN, Survey

WORD, NAME, QUOTED = re.compile(r"[\w.$-]*"), re.compile(r"\w*"), re.compile(r"[\w.-]*")
"""What a key or a value goes on with, a name in an expression, and a name in quotes."""

_LINE_END = re.compile(r"[\r\n]|\Z")
_NEXT = re.compile(r"\s*[\r\n](?P<indent> *)(?P<first>[^\s#])")
_STAND_IN = "_:"
"""A key in place of one that is being written, where there is a value for it below."""


class View:
    """A cursor in a document. `snippets` says whether the editor knows placeholders."""

    def __init__(
        self, document: OpenDocument, offset: int, *, survey: Survey = NOTHING_SEEN, snippets: bool = True
    ) -> None:
        self.document = document
        self.offset = offset
        self.survey = survey
        self.snippets = snippets

    @cached_property
    def slot(self) -> Slot:
        """The place."""
        return slot(self.document.text, self.offset)

    @cached_property
    def subject(self) -> Subject:
        """The flow without what was begun at the cursor."""
        text, place = self.document.text, self.slot
        if place.kind is Kind.TEXT:
            return self.document.subject
        end = self.offset + len(self.behind(self.offset))
        before, after = text[: place.structure], text[end:]
        key = _STAND_IN if place.kind is Kind.KEY and _goes_deeper(after, place.column) else ""
        return Subject(readable(f"{before}{key}{after}"), self.document.kinds, self.document.options)

    @property
    def data(self) -> object:
        """What the flow says without that."""
        return self.subject.document.data

    def at(self, path: Path) -> object:
        """A value of it."""
        return value_at(self.data, path)

    def site(self, path: Path) -> Site:
        """What the schema says of a path."""
        return site(self.document.kinds, self.data, path)

    @property
    def rest(self) -> str:
        """What stands on the line behind the word that the cursor is in."""
        return self.behind(self.end(WORD))

    def behind(self, end: int) -> str:
        """What stands on the line behind an offset."""
        found = _LINE_END.search(self.document.text, end)
        return self.document.text[end : found.start() if found else None]

    def end(self, letters: re.Pattern[str]) -> int:
        """Where the word that the cursor is in ends."""
        word = letters.match(self.document.text, self.offset)
        return word.end() if word else self.offset


def _goes_deeper(after: str, column: int) -> bool:
    """Whether the next line with content belongs to a key in a column."""
    line = _NEXT.match(after)
    return line is not None and len(line["indent"]) + (line["first"] == "-") > column
