"""The texts that an editor has open. A document never changes: an edit makes the next one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from lsprotocol import types

from gitops.language.document import Document, Path
from gitops.language.expression.tree import Span as Stretch
from gitops.language.position import Span
from gitops.lint.making import Place
from gitops.lint.offsets import Encoding, Offsets
from gitops.lint.schema.kinds import Kinds
from gitops.lint.source import Options
from gitops.lint.subject import Subject
from gitops.lsp.reading import readable

Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument

_FLOW_KEYS = ("tasks", "namespace")
_BEGUN_FLOW_KEYS = (*_FLOW_KEYS, "id")


class Text:
    """A text, and its places as the editor counts them."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        self.text = text
        self.encoding = encoding

    @cached_property
    def offsets(self) -> Offsets:
        """Its places."""
        return Offsets(self.text)

    def offset(self, position: types.Position) -> int:
        """The offset of an editor's position; of one that does not exist that of the nearest that does."""
        return self.offsets.offset(*self.offsets.from_editor(position.line, position.character, self.encoding))

    def range(self, span: Span) -> types.Range:
        """A span as the editor counts it."""
        return types.Range(self._position(span.line, span.column), self._position(span.end_line, span.end_column))

    def stretch(self, start: int, end: int) -> types.Range:
        """The range between two offsets."""
        return self.range(self.offsets.span(start, end))

    def _position(self, line: int, column: int) -> types.Position:
        return types.Position(*self.offsets.for_editor(line, column, self.encoding))


class OpenDocument(Text):
    """One open text at one version; `path` is where it lies, from the top of its work tree."""

    def __init__(
        self,
        uri: str,
        path: str,
        text: str,
        *,
        version: int = 0,
        encoding: Encoding = "utf-16",
        kinds: Kinds,
        options: Options = Options(),  # noqa: B008 - frozen
    ) -> None:
        super().__init__(text, encoding)
        self.uri = uri
        self.path = path
        self.version = version
        self.kinds = kinds
        self.options = options

    def edited(self, changes: Iterable[Change], version: int) -> OpenDocument:
        """The document after an editor's changes, which come one after the other."""
        text = self.text
        for change in changes:
            text = _changed(text, change, self.encoding)
        return self.with_text(text, version)

    def with_text(self, text: str, version: int) -> OpenDocument:
        """The document with another text."""
        return OpenDocument(
            self.uri,
            self.path,
            text,
            version=version,
            encoding=self.encoding,
            kinds=self.kinds,
            options=self.options,
        )

    @cached_property
    def reading(self) -> Document:
        """What it says, without the lines that cannot be parsed at the moment."""
        return readable(self.text)

    @cached_property
    def subject(self) -> Subject:
        """What it says, as rules see it."""
        return Subject(self.reading, self.kinds, self.options)

    @property
    def holds_flow(self) -> bool:
        """Whether it looks like a flow, or like nothing that could be told from one."""
        data = self.reading.data
        return data is None or (isinstance(data, dict) and any(key in data for key in _FLOW_KEYS))

    @property
    def begins_flow(self) -> bool:
        """Whether it is a flow or might become one."""
        data = self.reading.data
        return self.holds_flow or (isinstance(data, dict) and any(key in data for key in _BEGUN_FLOW_KEYS))

    def place(self, path: Path, *, key: bool = False, within: Stretch | None = None) -> types.Range:
        """The range of the value at a path, of its key, or of a stretch within that text."""
        return self.range(Place(path, key, within).span(self.reading))


def _changed(text: str, change: Change, encoding: Encoding) -> str:
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return change.text
    before = Text(text, encoding)
    start, end = sorted((before.offset(change.range.start), before.offset(change.range.end)))
    return text[:start] + change.text + text[end:]
