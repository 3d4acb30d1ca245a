"""What is done when nobody types: findings are told, and the work tree is looked at.

A document is linted at once when that is quick, else after a pause as long as its last lint took. Files are read and
looked at in a thread, one look at a time, so that the editor is answered meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Hashable
from threading import Event

from gitops.errors import GitopsError
from gitops.lint.cache import Cache, cache_path
from gitops.lsp.documents import OpenDocument
from gitops.lsp.session import Session
from gitops.lsp.work_tree import Reader, Survey, TreeFiles, WorkTree, survey

AT_ONCE = 0.01
"""A document that is linted in less is linted at every keystroke."""
LONGEST_PAUSE = 0.5
QUIET = 0.3
"""After so long without an edit or a change of a file, the work tree is looked at."""

_log = logging.getLogger(__name__)


class Background:
    """The work of a session that may wait. `tell` publishes the findings of a document, `complain` shows a sentence."""

    def __init__(
        self,
        session: Session,
        read: Reader,
        *,
        tell: Callable[[OpenDocument], None],
        complain: Callable[[str], None],
    ) -> None:
        self._session = session
        self._read = read
        self._tell = tell
        self._complain = complain
        self._waiting: dict[Hashable, asyncio.TimerHandle] = {}
        self._took: dict[str, float] = {}
        self._looking: dict[WorkTree, asyncio.Task[None]] = {}
        self._caches: dict[str, Cache] = {}
        self._stopped = Event()

    def edited(self, document: OpenDocument) -> None:
        """A document has another text."""
        took = self._took.get(document.uri, 0.0)
        if took < AT_ONCE:
            self._lint(document.uri)
        else:
            self._later(document.uri, min(took, LONGEST_PAUSE), lambda: self._lint(document.uri))
        self.changed(self._session.tree(document.uri), reread=False)

    def closed(self, uri: str, tree: WorkTree) -> None:
        """A document is not open any more."""
        self._took.pop(uri, None)
        self._cancel(uri)
        self.changed(tree, reread=False)

    def changed(self, tree: WorkTree, *, reread: bool, pause: float = QUIET) -> None:
        """A work tree holds something else; `reread` says that files or the configuration have changed."""
        if tree in self._session.trees:
            tree.stale = tree.stale or reread
            self._later(tree, pause, lambda: self._look_at(tree))

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped.set()
        for handle in self._waiting.values():
            handle.cancel()
        self._waiting.clear()

    def _lint(self, uri: str) -> None:
        document = self._session.documents.get(uri)
        if document is not None:
            began = time.perf_counter()
            self._tell(document)
            self._took[uri] = time.perf_counter() - began

    def _later(self, what: Hashable, pause: float, act: Callable[[], None]) -> None:
        self._cancel(what)
        if not self._stopped.is_set():
            self._waiting[what] = asyncio.get_running_loop().call_later(pause, act)

    def _cancel(self, what: Hashable) -> None:
        handle = self._waiting.pop(what, None)
        if handle is not None:
            handle.cancel()

    def _look_at(self, tree: WorkTree) -> None:
        """Look at a work tree; when somebody looks already, once more after that."""
        task = self._looking.get(tree)
        if task is not None and not task.done():
            task.add_done_callback(lambda _: self.changed(tree, reread=False))
        else:
            self._looking[tree] = asyncio.ensure_future(self._look(tree))

    async def _look(self, tree: WorkTree) -> None:
        try:
            await self._see(tree)
        except GitopsError as error:
            self._complain(str(error))
        except Exception:  # noqa: BLE001 - a bug must not end what the editor does
            # The editor goes on with what was known before. This is a bug, and its log says where.
            _log.exception("looking at %s failed", tree.folder)

    async def _see(self, tree: WorkTree) -> None:
        if tree.stale:
            tree.stale = False
            self._session.take(tree, await asyncio.to_thread(self._read, str(tree.folder)))
        files, texts = tree.files, self._session.texts(tree)
        tree.seen = await asyncio.to_thread(self._seen, files, texts)
        for document in list(self._session.documents.values()):
            if self._session.tree(document.uri) is tree:
                self._tell(document)

    def _seen(self, files: TreeFiles, texts: dict[str, str]) -> Survey:
        place = cache_path(files.options)
        if place not in self._caches:
            self._caches[place] = Cache(place)
        cache = self._caches[place]
        seen = survey(files, texts, self._session.schema, cache, stopped=self._stopped.is_set)
        cache.save()
        return seen
