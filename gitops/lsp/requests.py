"""What an editor asks for, by the names of the protocol: the document is found and handed to the feature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from lsprotocol import types

from gitops.lsp.around import Around
from gitops.lsp.code_actions import FIX_ALL, code_actions
from gitops.lsp.completion.complete import complete
from gitops.lsp.completion.view import View
from gitops.lsp.documents import OpenDocument
from gitops.lsp.flow_search import flows_like
from gitops.lsp.hover import hover
from gitops.lsp.links import links
from gitops.lsp.navigation import definition, highlights, references
from gitops.lsp.outlines import document_symbols
from gitops.lsp.rename import renamable, rename
from gitops.lsp.session import Session

_TRIGGERS = (".", "|", "{", "'", '"', "[", ":", "-", " ")
"""What one writes before something that can be completed."""


class _AtPlace(Protocol):
    """A request about a place in a document."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class _OfDocument(Protocol):
    """A request about a document."""

    text_document: types.TextDocumentIdentifier


class Request(NamedTuple):
    """How a request is answered, and what the editor is told about it at the start."""

    answer: Callable[..., object]
    options: object = None


def _at(feature: Callable[[OpenDocument, int, Around], object]) -> Request:
    """A feature that answers about a place."""

    def answer(session: Session, asked: _AtPlace) -> object:
        document = session.documents.get(asked.text_document.uri)
        if document is None:
            return None
        return feature(document, document.offset(asked.position), session.around(document))

    return Request(answer)


def _of(feature: Callable[[OpenDocument, Around], object]) -> Request:
    """A feature that answers about a document."""

    def answer(session: Session, asked: _OfDocument) -> object:
        document = session.documents.get(asked.text_document.uri)
        return None if document is None else feature(document, session.around(document))

    return Request(answer)


def _complete(session: Session, asked: types.CompletionParams) -> object:
    document = session.documents.get(asked.text_document.uri)
    if document is None:
        return None
    survey = session.tree(document.uri).seen
    return complete(View(document, document.offset(asked.position), survey=survey, snippets=session.knows_snippets))


def _act(session: Session, asked: types.CodeActionParams) -> object:
    document = session.documents.get(asked.text_document.uri)
    if document is None:
        return None
    checking = session.tree(document.uri).checking
    found = session.findings(document)
    return code_actions(document, asked, found, lambda text: checking.findings(document.with_text(text, 0)))


def _find(session: Session, asked: types.ReferenceParams) -> object:
    document = session.documents.get(asked.text_document.uri)
    if document is None:
        return None
    offset, around = document.offset(asked.position), session.around(document)
    return references(document, offset, around, declaration=asked.context.include_declaration)


def _rename(session: Session, asked: types.RenameParams) -> object:
    document = session.documents.get(asked.text_document.uri)
    if document is None:
        return None
    return rename(document, document.offset(asked.position), session.around(document), asked.new_name)


def _search(session: Session, asked: types.WorkspaceSymbolParams) -> object:
    return flows_like(asked.query, [session.around_of(tree) for tree in session.trees])


REQUESTS: Mapping[str, Request] = {
    types.TEXT_DOCUMENT_CODE_ACTION: Request(_act, types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])),
    types.TEXT_DOCUMENT_COMPLETION: Request(_complete, types.CompletionOptions(trigger_characters=_TRIGGERS)),
    types.TEXT_DOCUMENT_DEFINITION: _at(definition),
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: _at(highlights),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: _of(links),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _of(lambda document, _: document_symbols(document)),
    types.TEXT_DOCUMENT_HOVER: _at(hover),
    types.TEXT_DOCUMENT_PREPARE_RENAME: _at(renamable),
    types.TEXT_DOCUMENT_REFERENCES: Request(_find),
    types.TEXT_DOCUMENT_RENAME: Request(_rename, types.RenameOptions(prepare_provider=True)),
    types.WORKSPACE_SYMBOL: Request(_search),
}
