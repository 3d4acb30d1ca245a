"""One line of a completion list."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from lsprotocol import types

from gitops.lsp.completion.view import View


class Rank(IntEnum):
    """In which order things are offered."""

    NEEDED = 0
    FITTING = 1
    USUAL = 2
    POSSIBLE = 3
    OLD = 4


class Offer(NamedTuple):
    """Something that may be written. `text` may have placeholders such as `${1:name}`; None means the label.

    `before` is how many characters before what was begun it replaces.
    """

    label: str
    text: str | None = None
    kind: types.CompletionItemKind = types.CompletionItemKind.Value
    detail: str | None = None
    page: str = ""
    rank: Rank = Rank.FITTING
    old: bool = False
    before: int = 0

    def item(self, view: View, start: int, end: int) -> types.CompletionItem:
        """The offer in the words of the protocol; it takes the place of what stands between two offsets."""
        text = self.label if self.text is None else self.text
        placeholders = self.text is not None and "$" in text and view.snippets
        written = text if placeholders or self.text is None else without_placeholders(text)
        begin = start - self.before
        snippet, plain = types.InsertTextFormat.Snippet, types.InsertTextFormat.PlainText
        return types.CompletionItem(
            self.label,
            kind=self.kind,
            detail=self.detail,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, self.page) if self.page else None,
            text_edit=types.TextEdit(view.document.stretch(begin, end), written),
            insert_text_format=snippet if placeholders else plain,
            insert_text_mode=types.InsertTextMode.AsIs,
            sort_text=f"{self.rank:d}{self.label}",
            filter_text=view.document.text[begin:start] + self.label,
            tags=[types.CompletionItemTag.Deprecated] if self.old else None,
        )


def without_placeholders(text: str) -> str:
    """A snippet as plain text."""
    import re

    return re.sub(r"\$\{\d+:([^}]*)\}|\$\d+", lambda match: match[1] or "", text).replace("\\$", "$")
