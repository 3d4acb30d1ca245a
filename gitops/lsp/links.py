"""What can be followed from a document to another file: flows that it calls or waits for, files that it reads."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from gitops.language.expression.tree import Span as Stretch
from gitops.lint.facts.namespace_files import file_uses
from gitops.lsp.around import Around
from gitops.lsp.documents import OpenDocument
from gitops.lsp.flow_names import flow_names


def links(document: OpenDocument, around: Around) -> list[types.DocumentLink]:
    """A link for each name of a flow or a file whose path is known."""
    return list(_links(document, around)) if document.begins_flow else []


def _links(document: OpenDocument, around: Around) -> Iterator[types.DocumentLink]:
    for name in flow_names(document.subject):
        path = around.survey.flows.get(name.flow)
        if path is not None:
            yield types.DocumentLink(document.place(name.path), around.address(path), tooltip=path)
    for use in file_uses(document.subject):
        paths = [path for path in around.survey.paths if path == use.name or path.endswith(f"/{use.name}")]
        # Which folder a namespace's files begin in is not known: a name that several files have leads nowhere.
        if len(paths) == 1:
            within = Stretch(use.start, use.end) if use.end else None
            place = document.place(use.path, within=within)
            yield types.DocumentLink(place, around.address(paths[0]), tooltip=paths[0])
