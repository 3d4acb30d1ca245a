"""One editor and what it has open, with the work trees around that."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gitops.language.problem import LIMITS
from gitops.lint.finding import Finding
from gitops.lint.offsets import Encoding
from gitops.lint.schema.kinds import Kinds, Schema
from gitops.lsp.around import Around
from gitops.lsp.documents import Change, OpenDocument
from gitops.lsp.work_tree import TreeFiles, WorkTree

_FILE = "file"


class Session:
    """Everything that is open."""

    def __init__(self, schema: Schema, *, encoding: Encoding = "utf-16") -> None:
        self.schema = schema
        self.kinds = Kinds(schema)
        self.encoding = encoding
        self.knows_snippets = True
        self.trees: list[WorkTree] = []
        self.documents: dict[str, OpenDocument] = {}
        self._outside = WorkTree(Path("/nowhere"), schema)
        self._places: dict[str, tuple[WorkTree, str]] = {}
        self._findings: dict[str, tuple[OpenDocument, tuple[Finding, ...]]] = {}

    def add_folder(self, uri: str) -> WorkTree | None:
        """A folder that the editor has open; None when it is known already, or is no folder of this machine."""
        folder = _folder(uri)
        if folder is None or any(tree.folder == folder for tree in self.trees):
            return None
        tree = WorkTree(folder, self.schema)
        self.trees.append(tree)
        self._places.clear()
        return tree

    def remove_folder(self, uri: str) -> None:
        """A folder that the editor has closed."""
        folder = _folder(uri)
        self.trees = [tree for tree in self.trees if tree.folder != folder]
        self._places.clear()

    def open(self, uri: str, text: str, version: int) -> OpenDocument:
        """A document that the editor has opened."""
        document = self._document(uri, text, version)
        self.documents[uri] = document
        return document

    def edit(self, uri: str, changes: Iterable[Change], version: int) -> OpenDocument | None:
        """A document after changes; None when it is not open."""
        before = self.documents.get(uri)
        if before is None:
            return None
        self.documents[uri] = before.edited(changes, version)
        return self.documents[uri]

    def close(self, uri: str) -> None:
        """A document that the editor has closed: the file counts again."""
        for held in (self.documents, self._findings, self._places):
            held.pop(uri, None)

    def tree(self, uri: str) -> WorkTree:
        """The work tree that a document lies in; of several the innermost."""
        return self._placed(uri)[0]

    def findings(self, document: OpenDocument) -> tuple[Finding, ...]:
        """All findings about a document: its own as of now, those that take several files as they were seen last."""
        tree = self.tree(document.uri)
        read, own = self._findings.get(document.uri, (None, ()))
        if read is not document:
            own = tree.checking.findings(document)
            self._findings[document.uri] = document, own
        together = [finding for finding in tree.seen.together if finding.file == document.path]
        return tuple(sorted([*own, *together], key=lambda finding: finding.order))

    def take(self, tree: WorkTree, files: TreeFiles) -> None:
        """Use newly read files and options; every open document is read anew."""
        tree.use(files)
        self._places.clear()
        for uri, document in list(self.documents.items()):
            self.open(uri, document.text, document.version)

    def texts(self, tree: WorkTree) -> dict[str, str]:
        """The open documents of a work tree, by path."""
        return {each.path: each.text for uri, each in self.documents.items() if self.tree(uri) is tree}

    def around(self, document: OpenDocument) -> Around:
        """What lies around a document."""
        return self.around_of(self.tree(document.uri))

    def around_of(self, tree: WorkTree) -> Around:
        """What lies in a work tree."""
        return Around(tree.seen, lambda path: self.file(tree, path), lambda path: (tree.top / path).as_uri())

    def file(self, tree: WorkTree, path: str) -> OpenDocument:
        """A file of a work tree as a document: the editor's when it is open, else the disk's."""
        for uri, document in self.documents.items():
            if document.path == path and self.tree(uri) is tree:
                return document
        file = tree.top / path
        return self._document(file.as_uri(), _on_disk(file), 0)

    def _document(self, uri: str, text: str, version: int) -> OpenDocument:
        tree, path = self._placed(uri)
        return OpenDocument(
            uri,
            path,
            text,
            version=version,
            encoding=self.encoding,
            kinds=self.kinds,
            options=tree.files.options,
        )

    def _placed(self, uri: str) -> tuple[WorkTree, str]:
        """The work tree of a document and its path there; outside of any, its name."""
        if uri not in self._places:
            self._places[uri] = self._found(uri)
        return self._places[uri]

    def _found(self, uri: str) -> tuple[WorkTree, str]:
        file = path_of(uri)
        if file is None:
            return self._outside, f"{uri.rpartition('/')[2]}.yml"
        found = [(tree, path) for tree in self.trees if (path := tree.path(file)) is not None]
        return min(found, key=lambda each: len(each[1]), default=(self._outside, file.name))


def path_of(uri: str) -> Path | None:
    """The path of a file on this machine, links followed; None for any other address."""
    try:
        parts = urlsplit(uri)
        return Path(unquote(parts.path)).resolve() if parts.scheme == _FILE and parts.path else None
    except (ValueError, OSError, RuntimeError):
        return None  # an address with a null byte, a link that leads to itself


def _folder(uri: str) -> Path | None:
    path = path_of(uri)
    return path if path is not None and path.is_dir() else None


def _on_disk(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(LIMITS.size).decode(errors="replace").removeprefix("\ufeff")
    except OSError:
        return ""
