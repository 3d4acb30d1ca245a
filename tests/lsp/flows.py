"""Texts with a cursor in them, and the documents that they make."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lsprotocol import types

from gitops.lint.facts.facts import Facts
from gitops.lint.schema.kinds import Kinds
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import Options, SourceFile
from gitops.lsp.around import Around
from gitops.lsp.completion.complete import complete
from gitops.lsp.completion.view import View
from gitops.lsp.documents import OpenDocument
from gitops.lsp.work_tree import Survey, TreeFiles, survey

CURSOR = "¦"
HEAD = "id: asked\nnamespace: company.team\n"
NOTHING: Mapping[str, str] = {}


@cache
def kinds() -> Kinds:
    """The shipped schema."""
    return Kinds(load_schema())


def document(text: str, path: str = "company/team/asked.yml") -> OpenDocument:
    """A text that an editor has open."""
    return OpenDocument(f"file:///flows/{path}", path, text, kinds=kinds())


def cursor(text: str) -> tuple[str, int]:
    """The text without its cursor, and where that was."""
    assert text.count(CURSOR) == 1, "exactly one cursor"
    return text.replace(CURSOR, ""), text.index(CURSOR)


def opened(text: str) -> tuple[OpenDocument, int]:
    """A document and its cursor."""
    plain, offset = cursor(text)
    return document(plain), offset


def seen(files: Mapping[str, str]) -> Survey:
    """What is seen of a work tree with these files."""
    sources = [SourceFile(path, text.encode()) for path, text in files.items()]
    options = Options(root="", complete=True, paths=frozenset(files))
    return survey(TreeFiles(sources, options, "/flows"), {}, load_schema())


def around(files: Mapping[str, str] = NOTHING) -> Around:
    """What lies around a document in a work tree with these files."""
    return Around(seen(files), lambda path: document(files[path], path), lambda path: f"file:///flows/{path}")


def items(text: str, files: Mapping[str, str] = NOTHING) -> dict[str, types.CompletionItem]:
    """What is offered at a cursor, by label."""
    there, offset = opened(text)
    return {item.label: item for item in complete(View(there, offset, survey=seen(files)))}


def labels(text: str, files: Mapping[str, str] = NOTHING) -> set[str]:
    """The labels of what is offered at a cursor."""
    return set(items(text, files))


def chosen(text: str, label: str, files: Mapping[str, str] = NOTHING) -> str:
    """The text after an offer is taken, placeholders in place."""
    there, _ = opened(text)
    edit = items(text, files)[label].text_edit
    assert isinstance(edit, types.TextEdit)
    start, end = there.offset(edit.range.start), there.offset(edit.range.end)
    return there.text[:start] + edit.new_text + there.text[end:]


__all__ = ["CURSOR", "HEAD", "Facts", "around", "chosen", "cursor", "document", "items", "labels", "opened", "seen"]
