"""From a name to where it is given, and to everywhere it is used, in this file and in others."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from gitops.lsp.around import Around
from gitops.lsp.documents import OpenDocument
from gitops.lsp.symbols import Kind, Occurrence, Symbol, at, occurrences

_SHARED = (Kind.FLOW, Kind.INPUT, Kind.OUTPUT)
"""Names that other flows may use."""

Found = tuple[OpenDocument, Occurrence]


def definition(document: OpenDocument, offset: int, around: Around) -> list[types.Location]:
    """Where the name at an offset is given."""
    here = at(document.subject, offset)
    if here is None:
        return []
    return [place_of(*each) for each in everywhere(document, here.symbol, around) if each[1].gives]


def references(
    document: OpenDocument, offset: int, around: Around, *, declaration: bool = True
) -> list[types.Location]:
    """Everywhere that the name at an offset stands; `declaration` says whether where it is given counts."""
    here = at(document.subject, offset)
    if here is None:
        return []
    found = everywhere(document, here.symbol, around)
    return [place_of(*each) for each in found if declaration or not each[1].gives]


def highlights(document: OpenDocument, offset: int, _around: Around) -> list[types.DocumentHighlight]:
    """Everywhere in this document that the name at an offset stands."""
    here = at(document.subject, offset)
    if here is None:
        return []
    write, read = types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read
    return [
        types.DocumentHighlight(_range(document, each), write if each.gives else read)
        for each in occurrences(document.subject)
        if each.symbol == here.symbol
    ]


def everywhere(document: OpenDocument, symbol: Symbol, around: Around) -> Iterator[Found]:
    """Every place of a name: this document first."""
    yield from _in_document(document, symbol)
    if symbol.kind in _SHARED and symbol.flow is not None:
        for path in around.survey.facts:
            if path != document.path:
                other = around.document(path)
                if symbol.flow[1] in other.text and symbol.name in other.text:
                    yield from _in_document(other, symbol)


def place_of(document: OpenDocument, occurrence: Occurrence) -> types.Location:
    """A place in the words of the protocol."""
    return types.Location(document.uri, _range(document, occurrence))


def _in_document(document: OpenDocument, symbol: Symbol) -> Iterator[Found]:
    """The places of a name in a document, in the order of its text."""
    found = [each for each in occurrences(document.subject) if each.symbol == symbol]
    for each in sorted(found, key=lambda each: _range(document, each).start):
        yield document, each


def _range(document: OpenDocument, occurrence: Occurrence) -> types.Range:
    return document.place(occurrence.path, key=occurrence.key, within=occurrence.within)
