"""The door to pygls: what an editor says is handed on, what there is to tell is sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from functools import partial
from importlib.metadata import version

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from gitops.errors import GitopsError
from gitops.lint.offsets import Encoding
from gitops.lint.schema.shipped import load_schema
from gitops.lsp.background import Background
from gitops.lsp.code_actions import EXPLAIN
from gitops.lsp.documents import OpenDocument
from gitops.lsp.findings import published
from gitops.lsp.pages import of_rule
from gitops.lsp.requests import REQUESTS, Request
from gitops.lsp.session import Session, path_of
from gitops.lsp.work_tree import Reader

HOST = "127.0.0.1"
WATCHED = "**/*.{yml,yaml,json}"
"""Flows, configurations, and the baseline."""
_ENCODINGS: dict[str, Encoding] = {"utf-8": "utf-8", "utf-16": "utf-16", "utf-32": "utf-32"}
_WATCHING = "gitops-files"


def serve(read: Reader, *, port: int | None = None) -> int:
    """Serve one editor over standard input and output, or over TCP on this machine; 1 when it goes without a word."""
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_no_refusal)
    server = Server(read)
    if port is None:
        server.start_io()
    else:
        server.start_tcp(HOST, port)
    return int(not server.ended)


class _Protocol(LanguageServerProtocol):
    """The protocol as pygls has it, but for two things.

    There are no copies of changed texts, whose lines would also end where an editor's do not. And the end is no
    SystemExit within an event loop, which would be complained of.
    """

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_args: object) -> None:  # type: ignore[override]  # a generator where there is a handler to call
        self._server.shutdown()  # type: ignore[no-untyped-call]  # of pygls

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[object, None, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None


class _Refused(JsonRpcException):
    """What was asked for cannot be done; the editor shows why."""

    CODE = types.LSPErrorCodes.RequestFailed


def _is_no_refusal(record: logging.LogRecord) -> bool:
    """Whether something is worth a line in the log: a refusal is an answer, and no mistake."""
    return record.exc_info is None or not isinstance(record.exc_info[1], _Refused)


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self, read: Reader) -> None:
        super().__init__("gitops", version("gitops"), protocol_cls=_Protocol)
        self.ended = False
        self.session = Session(load_schema())
        self.background = Background(self.session, read, tell=self._tell, complain=self._complain)
        told: dict[str, Callable[..., None]] = {
            types.INITIALIZE: self._begin,
            types.INITIALIZED: self._watch,
            types.SHUTDOWN: self._end,
            types.TEXT_DOCUMENT_DID_OPEN: self._opened,
            types.TEXT_DOCUMENT_DID_CHANGE: self._edited,
            types.TEXT_DOCUMENT_DID_SAVE: self._saved,
            types.TEXT_DOCUMENT_DID_CLOSE: self._closed,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self._files_changed,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: self._folders_changed,
        }
        for method, act in told.items():
            self.feature(method)(partial(act))
        for method, request in REQUESTS.items():
            self.feature(method, request.options)(partial(_answer, self.session, request))

        self.command(EXPLAIN)(partial(self._explain))

    def _begin(self, asked: types.InitializeParams) -> None:
        self.session.encoding = _ENCODINGS.get(str(_value(self.workspace.position_encoding)), "utf-16")
        self.session.knows_snippets = _knows_snippets(asked.capabilities)
        folders = [folder.uri for folder in asked.workspace_folders or ()]
        for uri in folders or [uri for uri in (self.workspace.root_uri,) if uri]:
            self._add_folder(uri)

    def _watch(self, _asked: types.InitializedParams) -> None:
        """Ask to be told of changed files; an editor that cannot be asked may tell all the same."""
        watching = self.client_capabilities.workspace and self.client_capabilities.workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(WATCHED)])
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            self.client_register_capability(types.RegistrationParams([types.Registration(_WATCHING, method, options)]))

    def _end(self, _asked: None) -> None:
        self.ended = True
        self.background.stop()

    def _opened(self, told: types.DidOpenTextDocumentParams) -> None:
        opened = told.text_document
        self.background.edited(self.session.open(opened.uri, opened.text, opened.version))

    def _edited(self, told: types.DidChangeTextDocumentParams) -> None:
        document = self.session.edit(told.text_document.uri, told.content_changes, told.text_document.version)
        if document is not None:
            self.background.edited(document)

    def _saved(self, told: types.DidSaveTextDocumentParams) -> None:
        self.background.changed(self.session.tree(told.text_document.uri), reread=True)

    def _closed(self, told: types.DidCloseTextDocumentParams) -> None:
        uri = told.text_document.uri
        tree = self.session.tree(uri)
        self.session.close(uri)
        self.background.closed(uri, tree)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _files_changed(self, told: types.DidChangeWatchedFilesParams) -> None:
        for change in told.changes:
            path = path_of(change.uri)
            for tree in self.session.trees:
                if path is not None and tree.path(path) is not None:
                    self.background.changed(tree, reread=True)

    def _folders_changed(self, told: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in told.event.removed:
            self.session.remove_folder(folder.uri)
        for folder in told.event.added:
            self._add_folder(folder.uri)

    def _add_folder(self, uri: str) -> None:
        tree = self.session.add_folder(uri)
        if tree is not None:
            self.background.changed(tree, reread=True, pause=0)

    def _tell(self, document: OpenDocument) -> None:
        findings = published(document, self.session.findings(document), self.session.around(document))
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(document.uri, findings, version=document.version)
        )

    def _explain(self, rule: str) -> None:
        """Show the page of a rule."""
        page = of_rule(rule)
        if page:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Info, page))

    def _complain(self, sentence: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, sentence))


def _answer(session: Session, request: Request, asked: object) -> object:
    try:
        return request.answer(session, asked)
    except GitopsError as error:
        raise _Refused(str(error)) from error


def _value(encoding: object) -> object:
    return getattr(encoding, "value", encoding)


def _knows_snippets(capabilities: types.ClientCapabilities) -> bool:
    asked = capabilities.text_document and capabilities.text_document.completion
    item = asked.completion_item if asked else None
    return bool(item and item.snippet_support)
