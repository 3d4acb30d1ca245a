"""The completion list of a place."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from gitops.lsp.completion.begun import begun
from gitops.lsp.completion.expressions import offers
from gitops.lsp.completion.keys import keys
from gitops.lsp.completion.offers import Offer
from gitops.lsp.completion.values import values
from gitops.lsp.completion.view import NAME, QUOTED, WORD, View
from gitops.lsp.slots import Kind


def complete(view: View) -> list[types.CompletionItem]:
    """Everything that may be written at the cursor; nothing in a document that is no flow."""
    if not view.document.begins_flow:
        return []
    expression = begun(view)
    if expression is not None:
        end = view.end(QUOTED if expression.quote else NAME)
        return [offer.item(view, expression.start, end) for offer in offers(view, expression, end)]
    end = view.end(WORD)
    return [offer.item(view, view.slot.start, end) for offer in _plain(view)]


def _plain(view: View) -> Iterator[Offer]:
    kind, path = view.slot.kind, view.slot.path
    if kind in (Kind.KEY, Kind.ITEM):
        yield from keys(view)
    if kind in (Kind.VALUE, Kind.ITEM) or (kind is Kind.KEY and path and not view.slot.keys):
        yield from values(view, path)
