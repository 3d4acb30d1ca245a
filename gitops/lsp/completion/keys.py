"""Keys: the properties that a mapping may have, and whole tasks, triggers and inputs where one may begin."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from gitops.lint.schema.acceptance import accepted
from gitops.lint.schema.kinds import Schema, required
from gitops.lsp.completion.calls import given_inputs
from gitops.lsp.completion.offers import Offer, Rank
from gitops.lsp.completion.snippets import Counter, line, whole
from gitops.lsp.completion.view import View
from gitops.lsp.sites import Site, documentation, type_pages
from gitops.lsp.slots import Kind

_HIDDEN = ("doNotSuggest", "deprecated", "x-unavailable")
_PROPERTY = types.CompletionItemKind.Property
_SNIPPET = types.CompletionItemKind.Snippet


def keys(view: View) -> Iterator[Offer]:
    """What may be written where a key, or an item of a list, begins."""
    slot = view.slot
    here = view.site(slot.path)
    held = view.at(slot.path)
    there = {*slot.keys, *(held if isinstance(held, dict) else ())}
    yield from _of_mapping(view, here, there)
    yield from given_inputs(view, slot.path, there)
    if not there and slot.kind is Kind.KEY:
        yield from _items(view, here)


def _of_mapping(view: View, here: Site, there: set[str]) -> Iterator[Offer]:
    leaf = next((schema for schema in here.plain if "x-outputs" in schema or schema.get("title")), None)
    needed = {name for schema in here.plain for name in required(schema)}
    common = {name for union in here.unions for name in view.document.kinds.common(union)}
    for name, written in here.properties.items():
        if name not in there and not any(written.get(mark) for mark in _HIDDEN):
            rank = Rank.NEEDED if name in needed else Rank.USUAL if leaf and name in common else Rank.FITTING
            yield _property(view, name, written, rank)
    if not there & {"type"}:
        for union in here.unions:
            yield from _wholes(view, union, view.slot.column, there)


def _property(view: View, name: str, written: Schema, rank: Rank) -> Offer:
    kinds = view.document.kinds
    text = name if view.rest.lstrip().startswith(":") else line(name, kinds, written, view.slot.column, Counter())
    return Offer(
        name,
        _behind_dash(view, text),
        _PROPERTY,
        accepted(kinds.resolve(written)),
        documentation(kinds, (written,)),
        Rank.POSSIBLE if written.get("x-removed") and rank is not Rank.NEEDED else rank,
    )


def _wholes(view: View, union: Schema, column: int, there: set[str], before: str = "") -> Iterator[Offer]:
    """A whole mapping of each type."""
    if there or "x-union" not in union:
        return
    kinds = view.document.kinds
    pages = dict(type_pages(union))
    for name, leaf in kinds.leaves(union).items():
        if not any(leaf.get(mark) for mark in (*_HIDDEN, "x-removed")):
            text = before + whole(name, leaf, kinds, column)
            yield Offer(
                name.rpartition(".")[2],
                _behind_dash(view, text),
                _SNIPPET,
                name,
                pages.get(name, ""),
                Rank.POSSIBLE,
            )


def _items(view: View, here: Site) -> Iterator[Offer]:
    """Whole items, where a list is to be written and nothing of it is there."""
    for written in here.items:
        union = view.document.kinds.resolve(written)
        yield from _wholes(view, union, view.slot.column + 2, set(), before="- ")


def _behind_dash(view: View, text: str) -> str:
    """A text that is not glued to the dash before it."""
    glued = view.slot.kind is Kind.ITEM and view.document.text[view.slot.start - 1 : view.slot.start] == "-"
    return f" {text}" if glued else text
