"""The outline of a document for an editor: its tasks, triggers, inputs and variables as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from gitops.language.outline import InputOutline, OutputOutline, TaskOutline, TriggerOutline
from gitops.language.position import Path
from gitops.lint.lookup import value_at
from gitops.lsp.documents import OpenDocument

_Part = TaskOutline | TriggerOutline | InputOutline | OutputOutline
_Kind = types.SymbolKind
_KINDS: tuple[tuple[type[_Part], types.SymbolKind], ...] = (
    (TaskOutline, _Kind.Function),
    (TriggerOutline, _Kind.Event),
    (InputOutline, _Kind.Field),
    (OutputOutline, _Kind.Property),
)
_GROUPS = ("inputs", "variables", "tasks", "errors", "finally", "afterExecution", "triggers", "outputs")


def document_symbols(document: OpenDocument) -> list[types.DocumentSymbol]:
    """The groups of a flow in the order of the text, each with its parts."""
    data = document.reading.data
    if not isinstance(data, dict) or not document.begins_flow:
        return []
    return [_group(document, name) for name in data if name in _GROUPS]


def _group(document: OpenDocument, name: str) -> types.DocumentSymbol:
    outline = document.subject.outline
    parts: Iterable[_Part] = (*outline.inputs, *outline.tasks, *outline.triggers, *outline.outputs)
    below = [part for part in parts if part.path[0] == name]
    children = list(_variables(document)) if name == "variables" else list(_tree(document, below))
    return _symbol(document, (name,), name, _Kind.Namespace, None, children)


def _tree(document: OpenDocument, parts: list[_Part]) -> Iterator[types.DocumentSymbol]:
    """The parts that are in no other of them, each with those below it; parents come before their children."""
    position = 0
    while position < len(parts):
        part = parts[position]
        end = position + 1
        while end < len(parts) and parts[end].path[: len(part.path)] == part.path:
            end += 1
        children = list(_tree(document, parts[position + 1 : end]))
        kind = next(kind for shape, kind in _KINDS if isinstance(part, shape))
        yield _symbol(document, part.path, part.id or part.type or "?", kind, part.type, children)
        position = end


def _variables(document: OpenDocument) -> Iterator[types.DocumentSymbol]:
    held = value_at(document.reading.data, ("variables",))
    for name in held if isinstance(held, dict) else ():
        yield _symbol(document, ("variables", name), name, _Kind.Variable, None, [])


def _symbol(
    document: OpenDocument,
    path: Path,
    name: str,
    kind: types.SymbolKind,
    detail: str | None,
    children: list[types.DocumentSymbol],
) -> types.DocumentSymbol:
    key = isinstance(path[-1], str)
    whole = document.place(path)
    chosen = document.place(path, key=True) if key else document.place((*path, "id"))
    start = min(whole.start, chosen.start)
    whole = types.Range(start, max(whole.end, chosen.end))
    return types.DocumentSymbol(name or "?", kind, whole, chosen, detail=detail, children=children)
