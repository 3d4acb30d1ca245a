"""An editor: a real client that starts the real server and speaks to it over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

CAPABILITIES = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(snippet_support=True)
        )
    ),
    workspace=types.WorkspaceClientCapabilities(
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    ),
)
ENOUGH = 30.0
"""Longer than anything takes; who waits so long has found a hang."""

T = TypeVar("T")


class Editor(LanguageClient):
    """It remembers what it was told."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.told: dict[str, types.PublishDiagnosticsParams] = {}
        self.sentences: list[str] = []
        self.watched: list[str] = []
        self._news = asyncio.Event()
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._published))
        self.feature(types.WINDOW_SHOW_MESSAGE)(partial(self._shown))
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(partial(self._registered))

    def _published(self, told: types.PublishDiagnosticsParams) -> None:
        self.told[told.uri] = told
        self._news.set()

    def _shown(self, told: types.ShowMessageParams) -> None:
        self.sentences.append(told.message)
        self._news.set()

    def _registered(self, asked: types.RegistrationParams) -> None:
        self.watched += [registration.method for registration in asked.registrations]
        self._news.set()

    async def until(self, found: Callable[[], T | None]) -> T:
        """Something, as soon as it is there: it is looked for whenever there is news."""
        async with asyncio.timeout(ENOUGH):
            while (answer := found()) is None:
                self._news.clear()
                await self._news.wait()
        return answer

    async def rules(self, uri: str, version: int, wanted: Callable[[list[str]], bool] = lambda _: True) -> list[str]:
        """The rules of the findings about a version of a document, once they are told and as wanted."""

        def found() -> list[str] | None:
            told = self.told.get(uri)
            if told is None or told.version != version:
                return None
            rules = [str(each.code) for each in told.diagnostics]
            return rules if wanted(rules) else None

        return await self.until(found)

    def open(self, file: Path, text: str) -> str:
        """Open a file with a text; its address."""
        uri = file.as_uri()
        opened = types.TextDocumentItem(uri, "yaml", 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(opened))
        return uri

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Change an open document."""
        changed = types.VersionedTextDocumentIdentifier(version, uri)
        self.text_document_did_change(types.DidChangeTextDocumentParams(changed, list(changes)))

    async def leave(self) -> int:
        """Say goodbye; the exit code of the server."""
        await asyncio.wait_for(self.shutdown_async(None), ENOUGH)
        self.exit(None)
        assert self._server is not None
        return await asyncio.wait_for(self._server.wait(), ENOUGH)


@asynccontextmanager
async def editor(
    folder: Path, capabilities: types.ClientCapabilities = CAPABILITIES
) -> AsyncIterator[tuple[Editor, types.InitializeResult]]:
    """An editor that has a folder open; at the end the server must go as it was asked to, without a complaint."""
    client = Editor()
    await client.start_io(sys.executable, "-m", "gitops", "lsp", cwd=folder)
    begun = await asyncio.wait_for(
        client.initialize_async(
            types.InitializeParams(
                capabilities=capabilities, workspace_folders=[types.WorkspaceFolder(folder.as_uri(), "flows")]
            )
        ),
        ENOUGH,
    )
    client.initialized(types.InitializedParams())
    yield client, begun
    code = await client.leave()
    assert client._server is not None
    assert client._server.stderr is not None
    complaints = (await client._server.stderr.read()).decode()
    await client.stop()  # type: ignore[no-untyped-call]  # of pygls
    assert (code, complaints) == (0, "")


def at(uri: str, line: int, character: int) -> dict[str, object]:
    """A place in a document, as requests have it."""
    return {"text_document": types.TextDocumentIdentifier(uri), "position": types.Position(line, character)}
